package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultCommandTest extends VaultKit {
  @Test
  void encryptsAndDecryptsInPlace() throws IOException {
    Path file = file("a.yml", "db: geheimnis\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(molt("encrypt", "--vault-password-file", "F/pw", "F/a.yml")).isZero();
    assertThat(err).isEqualTo("Encryption successful\n");
    assertThat(out).isEmpty();
    assertThat(text("a.yml")).startsWith("$ANSIBLE_VAULT;1.1;AES256\n").endsWith("\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(view("a.yml", "pw")).isEqualTo("db: geheimnis\n");
    assertThat(molt("encrypt", "--vault-password-file", "F/pw", "F/a.yml")).isEqualTo(1);
    assertThat(err).isEqualTo("error: input is already encrypted: F/a.yml\n");
    assertThat(molt("decrypt", "--vault-password-file", "F/pw", "F/a.yml")).isZero();
    assertThat(err).isEqualTo("Decryption successful\n");
    assertThat(text("a.yml")).isEqualTo("db: geheimnis\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(p -> p.getFileName().toString())).containsOnly("a.yml", "pw", "other");
    }
  }

  @Test
  void linksAreFollowedAndTheOldTextIsOverwritten() throws IOException {
    Path file = file("a.yml", "db: geheimnis\n");
    Files.createSymbolicLink(folder.resolve("link"), file);
    Path twice = folder.resolve("b.yml");
    Files.createLink(twice, file("c.yml", "kept\n"));
    try (var before = Files.newByteChannel(file)) {
      assertThat(molt("encrypt", "--vault-password-file", "F/pw", "F/link", "F/c.yml")).isZero();
      var buffer = java.nio.ByteBuffer.allocate(100);
      before.read(buffer);
      assertThat(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8))
          .isEqualTo("\0".repeat(14));
    }
    assertThat(folder.resolve("link")).isSymbolicLink();
    assertThat(text("a.yml")).startsWith("$ANSIBLE_VAULT");
    assertThat(text("b.yml")).isEqualTo("kept\n");
  }

  @Test
  void anyBytesComeBack() throws IOException {
    byte[] bytes = new byte[3000];
    Arrays.fill(bytes, (byte) 0xFF);
    Path file = Files.write(folder.resolve("key"), bytes);
    assertThat(molt("encrypt", "--vault-id", "prod@F/pw", "F/key")).isZero();
    assertThat(text("key")).startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n");
    assertThat(molt("decrypt", "--vault-id", "F/pw", "--output", "-", "F/key")).isZero();
    assertThat(out).isEqualTo(bytes);
    assertThat(molt("decrypt", "--vault-id", "F/pw", "F/key")).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void standardInputAndOutput() throws IOException {
    input = "a: 1\n";
    assertThat(molt("encrypt", "--vault-password-file", "F/pw")).isZero();
    String encrypted = printed();
    input = encrypted;
    assertThat(molt("decrypt", "--vault-password-file", "F/pw", "-")).isZero();
    assertThat(printed()).isEqualTo("a: 1\n");
    assertThat(molt("decrypt", "--vault-password-file", "F/pw", "--output", "F/new.yml")).isZero();
    assertThat(text("new.yml")).isEqualTo("a: 1\n");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new.yml"))))
        .isEqualTo("rw-------");
    assertThat(molt("view", "--vault-password-file", "F/pw", "-")).isZero();
    assertThat(printed()).isEqualTo("a: 1\n");
  }

  @Test
  void ofSeveralFilesAllAreChangedOrNone() throws IOException {
    file("a", "one");
    file("b", "two");
    assertThat(molt("encrypt", "--vault-password-file", "F/pw", "F/a", "F/b")).isZero();
    assertThat(view("a", "pw") + view("b", "pw")).isEqualTo("one\ntwo\n");
    file("c", "plain");
    assertThat(molt("decrypt", "--vault-password-file", "F/pw", "F/a", "F/c")).isEqualTo(1);
    assertThat(err)
        .isEqualTo("error: input is not vault encrypted data: F/c is not a vault encrypted file\n");
    assertThat(text("a")).startsWith("$ANSIBLE_VAULT");
    assertThat(molt("decrypt", "--vault-password-file", "F/pw", "F/a", "F/no")).isEqualTo(1);
    assertThat(err).isEqualTo("error: Unable to read source file (F/no): no such file\n");
    assertThat(text("a")).startsWith("$ANSIBLE_VAULT");
    assertThat(molt("decrypt", "--vault-password-file", "F/pw", "--output", "-", "F/a", "F/b"))
        .isEqualTo(5);
    assertThat(err)
        .isEqualTo("error: At most one input file may be used with the --output option\n");
  }

  @Test
  void aWrongPasswordSaysWhichWereTried() throws IOException {
    file("a", "one");
    molt("encrypt", "--vault-id", "prod@F/pw", "F/a");
    String before = text("a");
    for (String action : List.of("view", "decrypt", "edit", "rekey")) {
      List<String> more =
          action.equals("rekey") ? List.of("--new-vault-password-file", "F/pw") : List.of();
      List<String> words = new ArrayList<>(List.of(action, "--vault-id", "dev@F/other", "F/a"));
      words.addAll(more);
      assertThat(molt(words.toArray(new String[0]))).isEqualTo(1);
      assertThat(err)
          .startsWith(
              "error: Decryption failed (no vault secrets were found that could decrypt), tried:"
                  + " dev; it names the vault id prod\n --> F/a:1:1\n")
          .contains("give the password of prod: --vault-id prod@FILE");
    }
    assertThat(text("a")).isEqualTo(before);
    file("damaged", before.substring(0, before.length() - 2));
    assertThat(molt("view", "--vault-id", "F/pw", "F/damaged")).isEqualTo(1);
    assertThat(err).contains("it is cut off").contains("--> F/damaged:");
  }

  @Test
  void whichOfSeveralPasswordsEncryptsHasToBeSaid() throws IOException {
    file("a", "one");
    String[] both = {"encrypt", "--vault-id", "dev@F/pw", "--vault-id", "prod@F/other", "F/a"};
    assertThat(molt(both)).isEqualTo(5);
    assertThat(err)
        .isEqualTo(
            "error: The vault-ids dev,prod are available to encrypt. Specify the vault-id to"
                + " encrypt with --encrypt-vault-id\n");
    environment.put("ANSIBLE_VAULT_ENCRYPT_IDENTITY", "nobody");
    assertThat(molt(both)).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "error: Did not find a match for --encrypt-vault-id=nobody in the known vault-ids"
                + " ['dev', 'prod']\n");
    environment.put("ANSIBLE_VAULT_ENCRYPT_IDENTITY", "prod");
    assertThat(molt(both)).isZero();
    assertThat(text("a")).startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n");
    assertThat(view("a", "other")).isEqualTo("one\n");
    assertThat(molt("encrypt", "--vault-id", "a;b@F/pw", "F/pw")).isEqualTo(5);
  }

  @Test
  void passwordsComeFromTheEnvironmentToo() throws IOException {
    file("a", "one");
    environment.put("ANSIBLE_VAULT_PASSWORD_FILE", folder.resolve("pw").toString());
    assertThat(molt("encrypt", "F/a")).isZero();
    environment.remove("ANSIBLE_VAULT_PASSWORD_FILE");
    environment.put("ANSIBLE_VAULT_IDENTITY_LIST", "x@F/other, y@F/pw".replace("F", "" + folder));
    assertThat(molt("view", "F/a")).isZero();
    assertThat(printed()).isEqualTo("one\n");
    environment.put("ANSIBLE_VAULT_ID_MATCH", "1");
    assertThat(molt("view", "F/a")).isEqualTo(1);
    assertThat(err).contains("tried: none").contains("only a password of the vault id default");
    assertThat(questions).isEmpty();
  }

  @Test
  void somebodyIsAskedWhereNothingElseGivesAPassword() throws IOException {
    file("a", "one");
    answers.addAll(List.of("geheim", "geheim"));
    assertThat(molt("encrypt", "F/a")).isZero();
    answers.add("geheim");
    assertThat(molt("view", "--ask-vault-pass", "F/a")).isZero();
    answers.add("geheim");
    assertThat(molt("view", "--vault-id", "dev@prompt", "F/a")).isZero();
    assertThat(questions)
        .containsExactly(
            "*New Vault password: ",
            "*Confirm New Vault password: ",
            "*Vault password: ",
            "*Vault password (dev): ");
    questions.clear();
    assertThat(molt("view", "F/no")).isEqualTo(1);
    assertThat(questions).isEmpty();
    assertThat(molt("view", "F/a")).isEqualTo(1);
    assertThat(err).startsWith("error: Invalid vault password was provided\n");
  }

  @Test
  void rekeyGivesAnotherPassword() throws IOException {
    Path file = file("a", "one");
    molt("encrypt", "--vault-password-file", "F/pw", "F/a");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(
            molt(
                "rekey",
                "--vault-password-file",
                "F/pw",
                "--new-vault-password-file",
                "F/other",
                "F/a"))
        .isZero();
    assertThat(err).isEqualTo("Rekey successful\n");
    assertThat(view("a", "other")).isEqualTo("one\n");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(4);
    assertThat(molt("rekey", "--vault-password-file", "F/other", "--new-vault-id", "p@F/pw", "F/a"))
        .isZero();
    assertThat(text("a")).startsWith("$ANSIBLE_VAULT;1.2;AES256;p\n");
    answers.addAll(List.of("geheim", "third", "third"));
    assertThat(molt("rekey", "-J", "F/a")).isZero();
    assertThat(questions)
        .containsExactly(
            "*Vault password: ", "*New Vault password: ", "*Confirm New Vault password: ");
    assertThat(text("a")).startsWith("$ANSIBLE_VAULT;1.1;AES256\n");
    assertThat(
            molt("rekey", "--new-vault-id", "p@F/pw", "--new-vault-password-file", "F/pw", "F/a"))
        .isEqualTo(2);
  }

  @Test
  void theSameSaltGivesTheSameText() throws IOException {
    environment.put("ANSIBLE_VAULT_ENCRYPT_SALT", "salty");
    file("a", "one");
    file("b", "one");
    molt("encrypt", "--vault-id", "F/pw", "F/a", "F/b");
    assertThat(text("a")).isEqualTo(text("b")).startsWith("$ANSIBLE_VAULT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "encript F/a | molt vault has no action 'encript' | did you mean 'encrypt'?",
        "view | molt vault view needs the name of a file |",
        "view --vault-pasword-file F/pw F/a | molt vault view has no option"
            + " '--vault-pasword-file' | did you mean '--vault-password-file'?",
        "view -J --vault-password-file F/pw F/a | --ask-vault-password and --vault-password-file"
            + " cannot be given together | molt vault view --help lists the options",
        "edit - | molt vault edit needs the name of a file |",
        "create F/a F/b | molt vault create can take only one filename argument |",
      })
  void wrongUseIsExplained(String words, String message, String hint) {
    assertThat(molt(words.split(" "))).isIn(2, 5);
    assertThat(err)
        .isEqualTo("error: " + message + "\n" + (hint == null ? "" : "  = " + hint + "\n"));
  }

  @Test
  void helpSaysWhatThereIs() {
    assertThat(molt("--help")).isZero();
    assertThat(printed()).contains("encrypt_string").contains("--new-vault-id");
    assertThat(molt("encrypt", "--help")).isZero();
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldOfFirst() throws IOException {
    file("a", "one");
    assertThat(molt("encrypt", "--vault-id", "F/pw", "--output", "F/no/b", "F/a")).isEqualTo(1);
    assertThat(err).isEqualTo("error: Destination 'F/no' does not exist\n");
  }
}
