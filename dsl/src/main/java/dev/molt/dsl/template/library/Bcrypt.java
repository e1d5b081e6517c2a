package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The password hash bcrypt, by Niels Provos and David Mazières: Blowfish with a dear key. */
final class Bcrypt {
  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int MAX_KEY = 72;
  private static final int P = 18;

  /** What Blowfish begins with: the first binary digits of pi's fraction. */
  private static final class Pi {
    static final int[] WORDS = words(P + 1024);

    private static int[] words(int count) {
      int bits = count * 32 + 64;
      BigInteger pi =
          arctan(5, bits).multiply(BigInteger.valueOf(16)).subtract(arctan(239, bits).shiftLeft(2));
      BigInteger fraction = pi.subtract(BigInteger.valueOf(3).shiftLeft(bits)).shiftRight(64);
      int[] words = new int[count];
      for (int i = 0; i < count; i++) {
        words[i] = fraction.shiftRight(32 * (count - 1 - i)).intValue();
      }
      return words;
    }

    /** The angle whose tangent is one of so many parts, times two to the power of the bits. */
    private static BigInteger arctan(int parts, int bits) {
      BigInteger square = BigInteger.valueOf((long) parts * parts);
      BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(parts));
      BigInteger sum = power;
      for (long i = 3; power.signum() > 0; i += 2) {
        power = power.divide(square);
        BigInteger term = power.divide(BigInteger.valueOf(i));
        sum = i % 4 == 3 ? sum.subtract(term) : sum.add(term);
      }
      return sum;
    }
  }

  private final int[] words = Pi.WORDS.clone();

  private Bcrypt() {}

  /**
   * The hash as it stands in a password file.
   *
   * @param salt 22 characters
   * @param cost the number of rounds as a power of two, 4 to 16
   */
  static String hash(String password, String salt, int cost, String ident) {
    if (cost < 4 || cost > 16) {
      throw new ValueException("the rounds of bcrypt are a power of two, between 4 and 16");
    } else if (!salt.matches("[./A-Za-z0-9]{22}")) {
      throw new ValueException("a salt of bcrypt has 22 letters, digits, dots and slashes");
    }
    byte[] text = password.getBytes(StandardCharsets.UTF_8);
    byte[] key = Arrays.copyOf(text, Math.min(text.length + 1, MAX_KEY));
    byte[] seed = decoded(salt);
    Bcrypt cipher = new Bcrypt();
    cipher.expand(key, seed);
    byte[] none = new byte[16];
    for (long i = 0; i < 1L << cost; i++) {
      cipher.expand(key, none);
      cipher.expand(seed, none);
    }
    byte[] plain = "OrpheanBeholderScryDoubt".getBytes(StandardCharsets.US_ASCII);
    byte[] out = new byte[24];
    for (int block = 0; block < 6; block += 2) {
      long pair = (long) word(plain, block) << 32 | Integer.toUnsignedLong(word(plain, block + 1));
      for (int i = 0; i < 64; i++) {
        pair = cipher.encrypt(pair);
      }
      for (int i = 0; i < 8; i++) {
        out[block * 4 + i] = (byte) (pair >>> (56 - 8 * i));
      }
    }
    return "$%s$%02d$%s%s".formatted(ident, cost, encoded(seed, 16), encoded(out, 23));
  }

  private void expand(byte[] key, byte[] salt) {
    for (int i = 0; i < P; i++) {
      words[i] ^= word(key, i);
    }
    long pair = 0;
    for (int i = 0; i < words.length; i += 2) {
      pair ^= (long) word(salt, i % 4) << 32 | Integer.toUnsignedLong(word(salt, i % 4 + 1));
      pair = encrypt(pair);
      words[i] = (int) (pair >>> 32);
      words[i + 1] = (int) pair;
    }
  }

  /** Four bytes from a text that is repeated for ever. */
  private static int word(byte[] text, int index) {
    int word = 0;
    for (int i = 0; i < 4; i++) {
      word = (word << 8) | (text[(index * 4 + i) % text.length] & 0xff);
    }
    return word;
  }

  private long encrypt(long pair) {
    int left = (int) (pair >>> 32);
    int right = (int) pair;
    for (int i = 0; i < 16; i++) {
      left ^= words[i];
      int mixed = ((box(0, left >>> 24) + box(1, left >>> 16)) ^ box(2, left >>> 8)) + box(3, left);
      int next = right ^ mixed;
      right = left;
      left = next;
    }
    return (long) (right ^ words[17]) << 32 | Integer.toUnsignedLong(left ^ words[16]);
  }

  private int box(int number, int value) {
    return words[P + number * 256 + (value & 0xff)];
  }

  private static String encoded(byte[] bytes, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i += 3) {
      int second = i + 1 < length ? bytes[i + 1] & 0xff : 0;
      int third = i + 2 < length ? bytes[i + 2] & 0xff : 0;
      int value = (bytes[i] & 0xff) << 16 | second << 8 | third;
      for (int part = 0; part < Math.min(4, length - i + 1); part++) {
        out.append(ALPHABET.charAt(value >>> (18 - 6 * part) & 0x3f));
      }
    }
    return out.toString();
  }

  private static byte[] decoded(String salt) {
    byte[] out = new byte[16];
    for (int bit = 0; bit < 128; bit++) {
      int value = ALPHABET.indexOf(salt.charAt(bit / 6));
      out[bit / 8] |= (byte) ((value >>> (5 - bit % 6) & 1) << (7 - bit % 8));
    }
    return out;
  }
}
