package dev.molt.dsl.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that a password and a salt give: PBKDF2 with HMAC-SHA256, 10000 rounds, 80 bytes: the
 * key of the cipher, the key of the signature, the counter. Each is made when it is first needed,
 * so that a password that does not fit costs a third of one that does. Not thread-safe.
 */
final class VaultKeys {
  private static final int ROUNDS = 10_000;
  private static final int BLOCK = 16;
  private static final String HMAC = "HmacSHA256";

  private final Mac password;
  private final byte[] salt;

  VaultKeys(byte[] password, byte[] salt) {
    this.password = mac(password);
    this.salt = salt;
  }

  /** By hand: the JDK's own takes characters, and a password file may hold any bytes. */
  private byte[] derive(int block) {
    password.update(salt);
    password.update(new byte[] {0, 0, 0, (byte) block});
    byte[] round = password.doFinal();
    byte[] sum = round.clone();
    for (int i = 1; i < ROUNDS; i++) {
      round = password.doFinal(round);
      for (int j = 0; j < sum.length; j++) {
        sum[j] ^= round[j];
      }
    }
    return sum;
  }

  byte[] sign(byte[] encrypted) {
    return mac(derive(2)).doFinal(encrypted);
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
      IvParameterSpec counter = new IvParameterSpec(derive(3), 0, BLOCK);
      cipher.init(mode, new SecretKeySpec(derive(1), "AES"), counter);
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
