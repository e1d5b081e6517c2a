package dev.molt.dsl.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts here were made by another implementation of the format. */
class VaultTest {
  private static final String GREETING =
      """
          $ANSIBLE_VAULT;1.1;AES256
          30303031303230333034303530363037303830393061306230633064306530663130313131323133
          3134313531363137313831393161316231633164316531660a663139376338363962316437663638
          65313430323866663865663865346462363837366631393834316562613462643132323465326563
          6465316334326339350a656231646465326139616636623065386339623233353765666566653432
          3633
      """;

  private static final String PROD =
      """
          $ANSIBLE_VAULT;1.2;AES256;prod
          32303231323232333234323532363237323832393261326232633264326532663330333133323333
          3334333533363337333833393361336233633364336533660a636137613464363261336337636463
          35356237316462333763326231356634363361356363323531666361333635663133336337636431
          3832663730313039340a656264636364663762663039643561346565333936383039613038303464
          3039
      """;

  private static final VaultSecret GEHEIM = VaultSecret.of(VaultSecret.DEFAULT_ID, "geheim");
  private static final VaultSecret PROD_SECRET =
      VaultSecret.of("prod", new byte[] {'\n', 'p', (byte) 0xFF, 'w', '\r', '\n'});

  private static byte[] salt(int first) {
    byte[] salt = new byte[32];
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) (first + i);
    }
    return salt;
  }

  private static String messageOf(String text, VaultSecret... secrets) {
    DiagnosticException e =
        catchThrowableOfType(
            DiagnosticException.class, () -> Vault.decrypt(text, List.of(secrets)));
    return e.getMessage() + e.diagnostics().get(0).hint().map(h -> " = " + h).orElse("");
  }

  @Test
  void decryptsWhatOthersEncrypted() {
    assertThat(Vault.decrypt(GREETING, List.of(GEHEIM))).isEqualTo("Grüße, Welt\n");
    assertThat(Vault.decrypt(PROD, List.of(GEHEIM, PROD_SECRET))).isEqualTo("port: 5432\n");
    assertThat(Vault.decrypt(GREETING.replace("\n", "\r\n"), List.of(GEHEIM)))
        .isEqualTo("Grüße, Welt\n");
  }

  @Test
  void encryptsAsOthersDo() {
    byte[] greeting = "Grüße, Welt\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Vault.encrypt(greeting, GEHEIM, salt(0))).isEqualTo(GREETING.replace(" ", ""));
    byte[] port = "port: 5432\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Vault.encrypt(port, PROD_SECRET, salt(32))).isEqualTo(PROD.replace(" ", ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 1000})
  void whatIsEncryptedComesBack(int length) {
    String text = "x".repeat(length);
    String encrypted = Vault.encrypt(text, GEHEIM);
    assertThat(Vault.isEncrypted(encrypted)).isTrue();
    assertThat(encrypted.lines()).allMatch(line -> line.length() <= 80);
    assertThat(encrypted).isNotEqualTo(Vault.encrypt(text, GEHEIM));
    assertThat(Vault.decrypt(encrypted, List.of(GEHEIM))).isEqualTo(text);
  }

  @Test
  void saysWhichPasswordsWereTried() {
    VaultSecret dev = VaultSecret.of("dev", "x");
    assertThat(messageOf(GREETING, dev, VaultSecret.of("stage", "y")))
        .isEqualTo("vault:1:1: no vault password fits this text, tried: dev, stage");
    assertThat(messageOf(PROD, dev))
        .isEqualTo(
            "vault:1:1: no vault password fits this text of vault id 'prod', tried: dev"
                + " = give the password of 'prod'");
    assertThat(messageOf(PROD, dev, VaultSecret.of("prod", "wrong")))
        .isEqualTo(
            "vault:1:1: no vault password fits this text of vault id 'prod', tried: prod, dev");
    assertThat(messageOf(GREETING))
        .isEqualTo("vault:1:1: this is encrypted, and no vault password was given");
  }

  @Test
  void refusesWhatIsDamaged() {
    String start = "vault:1:1: this cannot be decrypted: ";
    String damaged = start + "it is cut off or damaged";
    String text = GREETING.replace(" ", "");
    assertThat(messageOf(text.substring(0, text.length() - 82), GEHEIM)).isEqualTo(damaged);
    assertThat(messageOf(text.replace("3", "g"), GEHEIM)).startsWith(start);
    assertThat(messageOf("$ANSIBLE_VAULT;1.1;AES256\n", GEHEIM)).isEqualTo(damaged);
    assertThat(messageOf("$ANSIBLE_VAULT;1.0;AES\n00", GEHEIM))
        .isEqualTo(start + "its header names no known version: 1.1 and 1.2 are");
    assertThat(messageOf("$ANSIBLE_VAULT;1.1;AES\n00", GEHEIM))
        .isEqualTo(start + "it uses the cipher 'AES': only AES256 is supported");
    assertThat(messageOf("hello", GEHEIM))
        .isEqualTo(start + "it does not begin with '$ANSIBLE_VAULT;'");
  }

  @Test
  void secretsNeverShowTheirPasswords() {
    assertThat(GEHEIM).hasToString("VaultSecret[default]");
    assertThatThrownBy(() -> VaultSecret.of("a", "\n"))
        .hasMessage("the vault password 'a' is empty");
  }

  @Test
  void decryptedFilesAreNotShownInErrors() {
    Source opened =
        Vault.unlocker(List.of(GEHEIM)).apply(Source.inline("group_vars/all", GREETING));
    assertThat(opened.text()).startsWith("Grüße");
    assertThat(DiagnosticFormatter.format(Diagnostic.error(TextOrigin.of(opened).at(3, 2), "no")))
        .isEqualTo("error: no\n --> group_vars/all:1:4 (encrypted: not shown)\n");
  }
}
