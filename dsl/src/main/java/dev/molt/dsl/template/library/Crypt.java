package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;

/** Password hashes; SHA-256 and SHA-512 crypt, by Ulrich Drepper's specification. */
final class Crypt {
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int MAX_PASSWORD = 4096;

  /** Hashes of passlib's that Ansible does not offer. */
  private static final Set<String> OTHERS =
      Set.of("des_crypt", "bsdi_crypt", "sha1_crypt", "lmhash", "nthash", "msdcc", "msdcc2");

  private Crypt() {}

  /**
   * A password as it stands in a password file.
   *
   * @param type {@code sha512}, {@code sha256}, {@code blowfish} or {@code md5}, or as passlib
   *     names these
   * @param salt null for a random one
   * @param saltSize of a random salt; 0 for as long as can be
   * @param rounds 0 for what Ansible takes
   * @param ident which form of bcrypt
   */
  static String hash(
      String password, String type, String salt, int saltSize, int rounds, String ident) {
    if (password.length() > MAX_PASSWORD) {
      throw new ValueException("the password is too long");
    }
    return switch (type) {
      case "md5", "md5_crypt" -> Md5Crypt.hash(password, salt(salt, saltSize, 8));
      case "blowfish", "bcrypt" ->
          // Of the last character of the salt, two bits count.
          Bcrypt.hash(
              password, salt == null ? random(21) + "." : salt, rounds == 0 ? 12 : rounds, ident);
      case "sha256", "sha256_crypt" -> sha(false, password, salt(salt, saltSize, 16), rounds);
      case "sha512", "sha512_crypt" -> sha(true, password, salt(salt, saltSize, 16), rounds);
      default ->
          throw new ValueException(
              OTHERS.contains(type)
                  ? type
                      + " is not in the list of supported passlib algorithms: md5, blowfish,"
                      + " sha256, sha512"
                  : "password_hash does not support '"
                      + type
                      + "' algorithm, only md5, blowfish, sha256 and sha512");
    };
  }

  private static String salt(String given, int size, int most) {
    String salt = given == null ? random(size == 0 ? most : size) : given;
    if (salt.length() > most || !salt.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      throw new ValueException("a salt has at most " + most + " letters, digits, dots and slashes");
    }
    return salt;
  }

  private static String sha(boolean sha512, String password, String salt, int rounds) {
    // Without rounds of its own, Ansible leaves them to the library, which writes them down.
    int count = rounds == 0 ? (sha512 ? 656_000 : 535_000) : Math.max(1000, rounds);
    if (count > 10_000_000) {
      throw new ValueException("that many rounds would take too long");
    }
    byte[] digest =
        digest(
            sha512,
            password.getBytes(StandardCharsets.UTF_8),
            salt.getBytes(StandardCharsets.UTF_8),
            count);
    String prefix = sha512 ? "$6$" : "$5$";
    String written = count == 5000 ? "" : "rounds=" + count + "$";
    return prefix + written + salt + "$" + encoded(sha512, digest);
  }

  private static String random(int size) {
    if (size < 1 || size > 22) {
      throw new ValueException("a salt cannot have " + size + " characters");
    }
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

  static void append(StringBuilder out, int value, int characters) {
    int rest = value;
    for (int i = 0; i < characters; i++) {
      out.append(ALPHABET.charAt(rest & 0x3f));
      rest >>= 6;
    }
  }
}
