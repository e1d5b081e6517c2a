package dev.molt.dsl.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts here were made by another implementation of the format. */
class VaultTest {
  private static byte[] salt(int first) {
    byte[] salt = new byte[32];
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) (first + i);
    }
    return salt;
  }

  private static byte[] decrypt(String text, VaultSecret... secrets) {
    TextOrigin origin = TextOrigin.of(Source.inline("vault", text));
    return VaultSecrets.of(List.of(secrets)).decrypt(text, origin).content();
  }

  private static String text(String encrypted, VaultSecret... secrets) {
    return new String(decrypt(encrypted, secrets), StandardCharsets.UTF_8);
  }

  private static String encrypt(String text, VaultSecret secret, byte[] salt) {
    return Vault.encrypt(
        text.getBytes(StandardCharsets.UTF_8), secret, secret.label(), Optional.of(salt));
  }

  @Test
  void decryptsWhatOthersEncrypted() {
    assertThat(text(Vectors.GREETING, Vectors.GEHEIM)).isEqualTo("Grüße, Welt\n");
    assertThat(text(Vectors.PORT, Vectors.GEHEIM, Vectors.PROD)).isEqualTo("port: 5432\n");
    assertThat(text(Vectors.GREETING.replace("\n", "\r\n"), Vectors.GEHEIM))
        .isEqualTo("Grüße, Welt\n");
    assertThat(text(Vectors.indented(Vectors.GREETING), Vectors.GEHEIM)).isEqualTo("Grüße, Welt\n");
    assertThat(text(Vectors.EMPTY, Vectors.GEHEIM)).isEmpty();
    byte[] bytes = decrypt(Vectors.BYTES, Vectors.GEHEIM);
    assertThat(bytes).hasSize(256);
    for (int i = 0; i < bytes.length; i++) {
      assertThat(bytes[i]).isEqualTo((byte) i);
    }
  }

  @Test
  void encryptsAsOthersDo() {
    assertThat(encrypt("Grüße, Welt\n", Vectors.GEHEIM, salt(0))).isEqualTo(Vectors.GREETING);
    assertThat(encrypt("port: 5432\n", Vectors.PROD, salt(32))).isEqualTo(Vectors.PORT);
    byte[] short1 = {'7'};
    assertThat(encrypt("mole", VaultSecret.of("filter_default", "earth"), short1))
        .isEqualTo(Vectors.MOLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 1000})
  void whatIsEncryptedComesBack(int length) {
    String text = "x".repeat(length);
    String encrypted = Vault.encrypt(text, Vectors.GEHEIM);
    assertThat(Vault.isEncrypted(encrypted)).isTrue();
    assertThat(Vault.isEncrypted(encrypted.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(encrypted.lines()).allMatch(line -> line.length() <= 80);
    assertThat(encrypted).isNotEqualTo(Vault.encrypt(text, Vectors.GEHEIM));
    assertThat(text(encrypted, Vectors.GEHEIM)).isEqualTo(text);
  }

  @Property(tries = 30)
  void anyContentComesBackUnderAnyPassword(
      @ForAll @Size(max = 2000) byte[] content,
      @ForAll @NotEmpty @Size(max = 100) byte[] password,
      @ForAll @AlphaChars @NotEmpty String id) {
    VaultSecret secret = VaultSecret.exactly(id, password);
    String encrypted = Vault.encrypt(content, secret);
    assertThat(decrypt(encrypted, secret)).isEqualTo(content);
    byte[] longer = Arrays.copyOf(password, password.length + 1);
    longer[password.length] = 1;
    VaultSecret wrong = VaultSecret.exactly(id, longer);
    assertThatThrownBy(() -> decrypt(encrypted, wrong)).isInstanceOf(VaultException.class);
  }

  @Property(tries = 60)
  void noChangeOfACharacterGoesUnseen(@ForAll int at, @ForAll char to) {
    String text = Vectors.GREETING;
    int where = Math.floorMod(at, text.length());
    String changed = text.substring(0, where) + to + text.substring(where + 1);
    String plain;
    try {
      plain = text(changed, Vectors.GEHEIM);
    } catch (VaultException e) {
      assertThat(e.diagnostics()).hasSize(1);
      return;
    }
    assertThat(plain).isEqualTo("Grüße, Welt\n");
  }

  @Test
  void secretsNeverShowTheirPasswords() {
    assertThat(Vectors.GEHEIM).hasToString("VaultSecret[default]");
    assertThatThrownBy(() -> VaultSecret.of("a", "\n"))
        .hasMessage("the vault password 'a' is empty");
  }

  @Test
  void onlyTheStartMakesATextEncrypted() {
    assertThat(Vault.isEncrypted("x $ANSIBLE_VAULT;1.1;AES256")).isFalse();
    assertThat(Vault.isEncrypted(new byte[0])).isFalse();
    assertThat(Vault.isEncrypted("$ANSIBLE_VAULT".getBytes(StandardCharsets.UTF_8))).isTrue();
  }
}
