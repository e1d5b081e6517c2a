package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code encrypt_string}. */
class VaultStringsTest extends VaultKit {
  private String decryptedValue(String yaml) throws IOException {
    file("value", yaml.lines().skip(1).map(l -> l.strip() + "\n").collect(Collectors.joining()));
    assertThat(molt("decrypt", "--vault-id", "F/pw", "--output", "-", "F/value")).isZero();
    return printed();
  }

  @Test
  void stringsAreEncryptedForYaml() throws IOException {
    assertThat(molt("encrypt_string", "--vault-id", "F/pw", "s3cr3t", "--name", "db_pw")).isZero();
    String yaml = printed();
    assertThat(yaml).startsWith("db_pw: !vault |\n          $ANSIBLE_VAULT;1.1;AES256\n");
    assertThat(err).isEqualTo("Encryption successful\n");
    assertThat(decryptedValue(yaml)).isEqualTo("s3cr3t");
    input = "from stdin\n";
    assertThat(molt("encrypt_string", "--vault-id", "p@F/pw", "--stdin-name", "x")).isZero();
    assertThat(printed()).startsWith("x: !vault |\n          $ANSIBLE_VAULT;1.2;AES256;p\n");
    assertThat(decryptedValue(printed())).isEqualTo("from stdin\n");
    assertThat(molt("encrypt_string", "--vault-id", "F/pw")).isZero();
    assertThat(printed()).startsWith("!vault |\n");
    assertThat(molt("encrypt_string", "--vault-id", "F/pw", "--output", "F/out", "x")).isZero();
    assertThat(printed()).isEmpty();
    assertThat(text("out")).startsWith("!vault |\n").endsWith("\n");
  }

  @Test
  void severalStringsAreToldApart() {
    input = "from stdin";
    assertThat(molt("encrypt_string", "--vault-id", "F/pw", "-n", "a", "1", "2", "-")).isZero();
    assertThat(printed().lines().filter(l -> l.contains("!vault")))
        .containsExactly("!vault |", "a: !vault |", "!vault |");
    assertThat(err)
        .isEqualTo(
            "The number of --name options do not match the number of args.\n"
                + "The last named variable will be \"a\". The rest will not have names.\n"
                + "# The encrypted version of the string #1 from stdin.\n"
                + "# The encrypted version of variable (\"a\", the string #2 from the command line"
                + " args).\n"
                + "# The encrypted version of the string #3 from the command line args.\n"
                + "Encryption successful\n");
  }

  @Test
  void stringsAreAskedFor() throws IOException {
    answers.addAll(List.of("", "s3cr3t"));
    assertThat(molt("encrypt_string", "--vault-id", "F/pw", "-p")).isZero();
    assertThat(decryptedValue(printed())).isEqualTo("s3cr3t");
    answers.addAll(List.of("shown"));
    assertThat(molt("encrypt_string", "--vault-id", "F/pw", "-p", "--show-input", "-n", "v"))
        .isZero();
    assertThat(printed()).startsWith("v: !vault |\n");
    assertThat(questions)
        .containsExactly(
            "Variable name (enter for no name): ",
            "*String to encrypt (hidden): ",
            "String to encrypt: ");
    assertThat(molt("encrypt_string", "--vault-id", "F/pw", "-p", "-n", "v")).isEqualTo(5);
    assertThat(err)
        .isEqualTo("error: The plaintext provided from the prompt was empty, not encrypting\n");
    assertThat(molt("encrypt_string", "--vault-id", "F/pw", "-p", "-")).isEqualTo(5);
    assertThat(molt("encrypt_string", "--vault-id", "F/pw", "")).isEqualTo(5);
  }
}
