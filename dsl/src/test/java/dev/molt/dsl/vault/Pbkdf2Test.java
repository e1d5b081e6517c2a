package dev.molt.dsl.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pbkdf2Test {
  private static byte[] ours(String password, byte[] salt) {
    Pbkdf2 derived = new Pbkdf2(password.getBytes(java.nio.charset.StandardCharsets.UTF_8), salt);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1; i <= 3; i++) {
      all.writeBytes(derived.block(i));
    }
    return all.toByteArray();
  }

  private static byte[] theirs(String password, byte[] salt) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 10_000, 3 * 32 * 8))
        .getEncoded();
  }

  @Property(tries = 20)
  void givesWhatTheJdkGives(
      @ForAll @AlphaChars @StringLength(min = 1, max = 70) String password,
      @ForAll @NotEmpty @Size(max = 40) byte[] salt)
      throws GeneralSecurityException {
    assertThat(ours(password, salt)).isEqualTo(theirs(password, salt));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 128, 129})
  void passwordsAreHashedWhereTheyAreLongerThanABlock(int length) throws GeneralSecurityException {
    String password = "x".repeat(length);
    byte[] salt = {1, 2, 3};
    assertThat(ours(password, salt)).isEqualTo(theirs(password, salt));
  }
}
