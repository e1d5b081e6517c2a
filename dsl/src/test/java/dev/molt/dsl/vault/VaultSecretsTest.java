package dev.molt.dsl.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.value.StrValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultSecretsTest {
  @TempDir private Path folder;

  private static TextOrigin origin(String text) {
    return TextOrigin.of(Source.inline("vault", text));
  }

  private static String problem(VaultSecrets vault, String text) {
    VaultException e =
        catchThrowableOfType(VaultException.class, () -> vault.value(text, origin(text)));
    assertThat(e.ciphertext()).isEqualTo(text);
    return e.getMessage() + e.diagnostics().get(0).hint().map(h -> " = " + h).orElse("");
  }

  private static VaultSecrets vault(VaultSecret... secrets) {
    return VaultSecrets.of(List.of(secrets));
  }

  @Test
  void valuesAreSecretAndKnowWhatTheyWere() {
    List<String> told = new ArrayList<>();
    VaultSecrets vault = vault(Vectors.GEHEIM).telling(told::add);
    StrValue value = vault.value(Vectors.WORD, origin(Vectors.WORD));
    assertThat(value.text()).isEqualTo("s3cr3t-w0rd");
    assertThat(value.secret()).isTrue();
    assertThat(value.ciphertext()).isEqualTo(Vectors.WORD);
    assertThat(told).containsExactly("s3cr3t-w0rd");
    assertThat(vault.value(Vectors.WORD, origin(Vectors.WORD))).isSameAs(value);
  }

  @Test
  void ofManyLinesEachIsTold() {
    List<String> told = new ArrayList<>();
    String key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\n==\n-----END KEY-----\n";
    String encrypted = Vault.encrypt(key, Vectors.GEHEIM);
    vault(Vectors.GEHEIM).telling(told::add).value(encrypted, origin(encrypted));
    assertThat(told)
        .containsExactly(key, "-----BEGIN KEY-----", "MIIEvQIBADANBg", "-----END KEY-----");
  }

  @Test
  void longTextsOutOfFilesAreTold() {
    List<String> told = new ArrayList<>();
    VaultSecrets vault = VaultSecrets.none().telling(told::add);
    assertThat(vault.outOfFile(new StrValue("prod")).secret()).isTrue();
    assertThat(vault.outOfFile(new StrValue("c0rrect-horse")).secret()).isTrue();
    assertThat(told).containsExactly("c0rrect-horse");
  }

  @Test
  void saysWhichPasswordsWereTried() {
    VaultSecret dev = VaultSecret.of("dev", "x");
    String failed =
        "vault:1:1: Decryption failed (no vault secrets were found that could decrypt), tried: ";
    assertThat(problem(vault(dev, VaultSecret.of("stage", "y")), Vectors.GREETING))
        .isEqualTo(failed + "dev, stage = it needs another password, or has been changed since");
    assertThat(problem(vault(dev), Vectors.PORT))
        .isEqualTo(
            failed
                + "dev; it names the vault id prod"
                + " = give the password of prod: --vault-id prod@FILE");
    assertThat(problem(vault(dev, VaultSecret.of("prod", "wrong")), Vectors.PORT))
        .isEqualTo(
            failed
                + "prod, dev; it names the vault id prod"
                + " = it needs another password, or has been changed since");
    assertThat(problem(VaultSecrets.none(), Vectors.GREETING))
        .isEqualTo(
            "vault:1:1: Attempting to decrypt but no vault secrets found"
                + " = give a password: --vault-password-file, --vault-id or --ask-vault-pass");
  }

  @Test
  void ofThoseWithTheSameIdAnyMayFit() {
    VaultSecret old = VaultSecret.of("prod", "old");
    assertThat(vault(old, Vectors.GEHEIM, Vectors.PROD).decrypt(Vectors.PORT, origin("")).secret())
        .isSameAs(Vectors.PROD);
  }

  @Test
  void whereIdsMustMatchOnlyThoseAreTried() {
    VaultSecrets strict = vault(VaultSecret.of("prod", "geheim")).matching("default");
    assertThat(strict.decrypt(Vectors.FILE, origin(Vectors.FILE)).id()).contains("prod");
    assertThat(problem(vault(Vectors.GEHEIM).matching("default"), Vectors.FILE))
        .isEqualTo(
            "vault:1:1: Decryption failed (no vault secrets were found that could decrypt), tried:"
                + " none; it names the vault id prod"
                + " = only a password of the vault id prod may be tried here");
    assertThat(problem(strict, Vectors.GREETING)).contains("the vault id default may");
    assertThat(strict.matching("prod").value(Vectors.WORD, origin("")).text())
        .isEqualTo("s3cr3t-w0rd");
  }

  @Test
  void saysWhatIsDamagedAndWhere() {
    VaultSecrets vault = vault(Vectors.GEHEIM);
    String text = Vectors.GREETING;
    String start = ": this cannot be decrypted: ";
    assertThat(problem(vault, text.substring(0, text.length() - 2)))
        .startsWith(
            "vault:6:3" + start + "Vault format unhexlify error: Odd-length string: it is cut off");
    assertThat(problem(vault, text.substring(0, text.length() - 82)))
        .startsWith("vault:1:1" + start + "it is cut off or damaged");
    assertThat(problem(vault, text.replaceFirst("\n653134303", "\n6531g4303")))
        .startsWith(
            "vault:4:5" + start + "Vault format unhexlify error: Non-hexadecimal digit found");
    assertThat(problem(vault, "$ANSIBLE_VAULT;1.1;AES256\n"))
        .startsWith("vault:1:1" + start + "it is cut off or damaged");
    assertThat(problem(vault, "$ANSIBLE_VAULT;1.0;AES\n00"))
        .startsWith("vault:1:1" + start + "its header names no known version: 1.1 and 1.2 are");
    assertThat(problem(vault, "$ANSIBLE_VAULT;1.1;AES\n00"))
        .startsWith("vault:1:1" + start + "it uses the cipher 'AES': only AES256 is supported");
    assertThat(problem(vault, "hello"))
        .startsWith("vault:1:1" + start + "it does not begin with '$ANSIBLE_VAULT;'");
    assertThat(problem(vault, Vectors.NO_TEXT))
        .startsWith("vault:1:1: what was encrypted is no UTF-8 text");
  }

  @Test
  void textsAreOpenedAndNeverShown() {
    Source plain = Source.inline("group_vars/all", "a: 1\n");
    assertThat(VaultSecrets.none().open(plain)).isSameAs(plain);
    Source opened = vault(Vectors.GEHEIM).open(Source.inline("group_vars/all", Vectors.GREETING));
    assertThat(opened.text()).startsWith("Grüße");
    assertThat(DiagnosticFormatter.format(Diagnostic.error(TextOrigin.of(opened).at(3, 2), "no")))
        .isEqualTo("error: no\n --> group_vars/all:1:4 (encrypted: not shown)\n");
  }

  @Test
  void filesAreOpenedWhateverTheyHold() throws IOException {
    VaultSecrets vault = vault(Vectors.GEHEIM);
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    Path bytes = folder.resolve("bytes");
    byte[] encrypted = Vectors.BYTES.getBytes(StandardCharsets.UTF_8);
    assertThat(vault.open(new byte[] {1, 2}, plain)).containsExactly(1, 2);
    assertThat(vault.open(encrypted, bytes)).hasSize(256);
    assertThat(vault.file(plain).text()).isEqualTo("x");
    VaultException e =
        catchThrowableOfType(
            VaultException.class, () -> VaultSecrets.none().open(encrypted, bytes));
    assertThat(e.diagnostics().get(0).message())
        .isEqualTo("A vault password or secret must be specified to decrypt " + bytes);
  }
}
