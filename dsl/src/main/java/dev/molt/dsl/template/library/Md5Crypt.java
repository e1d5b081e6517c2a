package dev.molt.dsl.template.library;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The password hash of old with MD5, by Poul-Henning Kamp. */
final class Md5Crypt {
  private static final int ROUNDS = 1000;

  /** The order in which the bytes are written. */
  private static final int[] ORDER = {0, 6, 12, 1, 7, 13, 2, 8, 14, 3, 9, 15, 4, 10, 5};

  private Md5Crypt() {}

  /** The hash as it stands in a password file; the salt has at most 8 characters. */
  static String hash(String password, String salt) {
    byte[] key = password.getBytes(StandardCharsets.UTF_8);
    byte[] seed = salt.getBytes(StandardCharsets.US_ASCII);
    MessageDigest md5 = HashFilters.algorithm("md5");
    md5.update(key);
    md5.update(seed);
    byte[] other = md5.digest(key);
    md5.update(key);
    md5.update("$1$".getBytes(StandardCharsets.US_ASCII));
    md5.update(seed);
    for (int i = 0; i < key.length; i++) {
      md5.update(other[i % other.length]);
    }
    for (int bits = key.length; bits > 0; bits >>= 1) {
      md5.update((bits & 1) != 0 ? 0 : key[0]);
    }
    byte[] result = md5.digest();
    for (int round = 0; round < ROUNDS; round++) {
      boolean odd = (round & 1) != 0;
      md5.update(odd ? key : result);
      if (round % 3 != 0) {
        md5.update(seed);
      }
      if (round % 7 != 0) {
        md5.update(key);
      }
      result = md5.digest(odd ? result : key);
    }
    StringBuilder out = new StringBuilder("$1$").append(salt).append('$');
    for (int i = 0; i < ORDER.length; i += 3) {
      int first = result[ORDER[i]] & 0xff;
      Crypt.append(
          out,
          (first << 16) | ((result[ORDER[i + 1]] & 0xff) << 8) | (result[ORDER[i + 2]] & 0xff),
          4);
    }
    Crypt.append(out, result[11] & 0xff, 2);
    return out.toString();
  }
}
