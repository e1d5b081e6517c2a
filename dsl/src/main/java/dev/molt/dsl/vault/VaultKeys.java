package dev.molt.dsl.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that a password and a salt give, 80 bytes: the key of the cipher, the key of the
 * signature, the counter. Each is made when it is first needed, so that a password that does not
 * fit costs a third of one that does. Not thread-safe.
 */
final class VaultKeys {
  private static final int BLOCK = 16;

  private final Pbkdf2 derived;

  VaultKeys(byte[] password, byte[] salt) {
    derived = new Pbkdf2(password, salt);
  }

  byte[] sign(byte[] encrypted) {
    return Pbkdf2.mac(derived.block(2)).doFinal(encrypted);
  }

  byte[] encrypt(byte[] plain) {
    int padding = BLOCK - plain.length % BLOCK;
    byte[] padded = Arrays.copyOf(plain, plain.length + padding);
    Arrays.fill(padded, plain.length, padded.length, (byte) padding);
    return apply(Cipher.ENCRYPT_MODE, padded);
  }

  /** Null where the padding is wrong. */
  byte[] decrypt(byte[] encrypted) {
    byte[] padded = apply(Cipher.DECRYPT_MODE, encrypted);
    int padding = padded.length == 0 ? 0 : padded[padded.length - 1];
    if (padding < 1 || padding > BLOCK || padding > padded.length) {
      return null;
    }
    return Arrays.copyOf(padded, padded.length - padding);
  }

  private byte[] apply(int mode, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      IvParameterSpec counter = new IvParameterSpec(derived.block(3), 0, BLOCK);
      cipher.init(mode, new SecretKeySpec(derived.block(1), "AES"), counter);
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }
}
