package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/** SHA-256 and SHA-512 crypt, by Ulrich Drepper's specification. */
final class Crypt {
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int MAX_PASSWORD = 4096;

  private Crypt() {}

  /**
   * @param salt null for a random one
   * @param rounds 0 for what Ansible takes
   */
  static String hash(String password, String type, String salt, int saltSize, int rounds) {
    boolean sha512 = type.equals("sha512") || type.equals("sha512_crypt");
    if (!sha512 && !type.equals("sha256") && !type.equals("sha256_crypt")) {
      throw new ValueException("password_hash knows sha512 and sha256, not " + type);
    }
    byte[] key = password.getBytes(StandardCharsets.UTF_8);
    String used = salt == null ? random(Math.max(1, Math.min(16, saltSize))) : salt;
    if (used.length() > 16 || !used.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      throw new ValueException("a salt has at most 16 letters, digits, dots and slashes");
    } else if (key.length > MAX_PASSWORD) {
      throw new ValueException("the password is too long");
    }
    // Without rounds of its own, Ansible leaves them to the library, which writes them down.
    int count = rounds == 0 ? (sha512 ? 656_000 : 535_000) : Math.max(1000, rounds);
    if (count > 10_000_000) {
      throw new ValueException("that many rounds would take too long");
    }
    byte[] digest = digest(sha512, key, used.getBytes(StandardCharsets.UTF_8), count);
    String prefix = sha512 ? "$6$" : "$5$";
    String written = count == 5000 ? "" : "rounds=" + count + "$";
    return prefix + written + used + "$" + encoded(sha512, digest);
  }

  private static String random(int size) {
    SecureRandom random = new SecureRandom();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < size; i++) {
      out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return out.toString();
  }

  private static byte[] digest(boolean sha512, byte[] key, byte[] salt, int rounds) {
    MessageDigest a = HashFilters.algorithm(sha512 ? "sha512" : "sha256");
    MessageDigest other = HashFilters.algorithm(sha512 ? "sha512" : "sha256");
    other.update(key);
    other.update(salt);
    other.update(key);
    byte[] b = other.digest();
    a.update(key);
    a.update(salt);
    a.update(repeated(b, key.length));
    for (int bits = key.length; bits > 0; bits >>= 1) {
      a.update((bits & 1) != 0 ? b : key);
    }
    byte[] result = a.digest();
    for (int i = 0; i < key.length; i++) {
      other.update(key);
    }
    byte[] p = repeated(other.digest(), key.length);
    for (int i = 0; i < 16 + (result[0] & 0xff); i++) {
      other.update(salt);
    }
    byte[] s = repeated(other.digest(), salt.length);
    for (int round = 0; round < rounds; round++) {
      boolean odd = (round & 1) != 0;
      a.update(odd ? p : result);
      if (round % 3 != 0) {
        a.update(s);
      }
      if (round % 7 != 0) {
        a.update(p);
      }
      a.update(odd ? result : p);
      result = a.digest();
    }
    return result;
  }

  private static byte[] repeated(byte[] bytes, int length) {
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = bytes[i % bytes.length];
    }
    return out;
  }

  /** The bytes in the order of the specification: three apart, taking turns at being first. */
  private static String encoded(boolean sha512, byte[] digest) {
    StringBuilder out = new StringBuilder();
    int third = sha512 ? 21 : 10;
    int[] at = {0, third, 2 * third};
    for (int i = 0; i < third; i++) {
      int value =
          (digest[at[0]] & 0xff) << 16 | (digest[at[1]] & 0xff) << 8 | (digest[at[2]] & 0xff);
      append(out, value, 4);
      int[] next = sha512 ? new int[] {at[1], at[2], at[0]} : new int[] {at[2], at[0], at[1]};
      at = Arrays.stream(next).map(x -> x + 1).toArray();
    }
    if (sha512) {
      append(out, digest[63] & 0xff, 2);
    } else {
      append(out, (digest[31] & 0xff) << 8 | (digest[30] & 0xff), 3);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int value, int characters) {
    int rest = value;
    for (int i = 0; i < characters; i++) {
      out.append(ALPHABET.charAt(rest & 0x3f));
      rest >>= 6;
    }
  }
}
