package dev.molt.dsl.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys that a password and a salt give: PBKDF2 with HMAC-SHA256, 10000 rounds, 80 bytes. */
final class VaultKeys {
  private static final int ROUNDS = 10_000;
  private static final int KEY = 32;
  private static final int IV = 16;
  private static final String HMAC = "HmacSHA256";

  private final byte[] cipherKey;
  private final byte[] macKey;
  private final byte[] iv;

  VaultKeys(byte[] password, byte[] salt) {
    byte[] derived = derive(password, salt, KEY + KEY + IV);
    cipherKey = Arrays.copyOfRange(derived, 0, KEY);
    macKey = Arrays.copyOfRange(derived, KEY, KEY + KEY);
    iv = Arrays.copyOfRange(derived, KEY + KEY, derived.length);
  }

  /** By hand: the JDK's own takes characters, and a password file may hold any bytes. */
  private static byte[] derive(byte[] password, byte[] salt, int length) {
    Mac mac = mac(password);
    byte[] derived = new byte[length];
    for (int block = 1, at = 0; at < length; block++) {
      mac.update(salt);
      mac.update(new byte[] {0, 0, 0, (byte) block});
      byte[] round = mac.doFinal();
      byte[] sum = round.clone();
      for (int i = 1; i < ROUNDS; i++) {
        round = mac.doFinal(round);
        for (int j = 0; j < sum.length; j++) {
          sum[j] ^= round[j];
        }
      }
      int count = Math.min(sum.length, length - at);
      System.arraycopy(sum, 0, derived, at, count);
      at += count;
    }
    return derived;
  }

  byte[] sign(byte[] encrypted) {
    return mac(macKey).doFinal(encrypted);
  }

  byte[] encrypt(byte[] plain) {
    int padding = IV - plain.length % IV;
    byte[] padded = Arrays.copyOf(plain, plain.length + padding);
    Arrays.fill(padded, plain.length, padded.length, (byte) padding);
    return apply(Cipher.ENCRYPT_MODE, padded);
  }

  /** Null where the padding is wrong. */
  byte[] decrypt(byte[] encrypted) {
    byte[] padded = apply(Cipher.DECRYPT_MODE, encrypted);
    int padding = padded.length == 0 ? 0 : padded[padded.length - 1];
    if (padding < 1 || padding > IV || padding > padded.length) {
      return null;
    }
    return Arrays.copyOf(padded, padded.length - padding);
  }

  private byte[] apply(int mode, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(mode, new SecretKeySpec(cipherKey, "AES"), new IvParameterSpec(iv));
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
