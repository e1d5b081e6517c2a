package dev.molt.dsl.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 with HMAC-SHA256 (RFC 8018), 10000 rounds. The rounds are done here and not by the JDK's
 * Mac: most commands decrypt a value or two, and a virtual machine that has just started takes
 * three times as long to warm up to that; and the JDK's own PBKDF2 takes characters, where a
 * password file may hold any bytes. Not thread-safe.
 */
final class Pbkdf2 {
  static final int LENGTH = 32;
  private static final int ROUNDS = 10_000;
  private static final int BLOCK = 64;
  private static final int WORDS = 8;
  private static final String HMAC = "HmacSHA256";

  /** The constants of SHA-256 (FIPS 180-4). */
  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  private static final int[] START = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private final byte[] password;
  private final byte[] salt;
  private final int[] inner;
  private final int[] outer;
  private final int[] schedule = new int[BLOCK];

  Pbkdf2(byte[] password, byte[] salt) {
    this.password = password.clone();
    this.salt = salt.clone();
    byte[] key = Arrays.copyOf(password, BLOCK);
    if (password.length > BLOCK) {
      key = Arrays.copyOf(digest(password), BLOCK);
    }
    inner = keyed(key, 0x36363636);
    outer = keyed(key, 0x5c5c5c5c);
  }

  /** The state of SHA-256 after the block that HMAC makes of its key. */
  private int[] keyed(byte[] key, int pad) {
    for (int i = 0; i < BLOCK / Integer.BYTES; i++) {
      schedule[i] = word(key, i) ^ pad;
    }
    int[] state = START.clone();
    compress(state, schedule);
    return state;
  }

  /**
   * A block of the result, of {@link #LENGTH} bytes.
   *
   * @param number from 1 on
   */
  byte[] block(int number) {
    Mac first = mac(password);
    first.update(salt);
    byte[] bytes = first.doFinal(new byte[] {0, 0, 0, (byte) number});
    int[] round = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      round[i] = word(bytes, i);
    }
    int[] sum = round.clone();
    int[] state = new int[WORDS];
    for (int i = 1; i < ROUNDS; i++) {
      hmac(state, round);
      for (int j = 0; j < WORDS; j++) {
        sum[j] ^= round[j];
      }
    }
    byte[] result = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      result[i] = (byte) (sum[i / Integer.BYTES] >>> (24 - 8 * (i % Integer.BYTES)));
    }
    return result;
  }

  /** Puts the HMAC of 32 bytes in their place. */
  private void hmac(int[] state, int[] round) {
    System.arraycopy(inner, 0, state, 0, WORDS);
    compress(state, padded(round));
    System.arraycopy(outer, 0, round, 0, WORDS);
    compress(round, padded(state));
  }

  /** The last block of a message of a key's block and 32 bytes. */
  private int[] padded(int[] message) {
    System.arraycopy(message, 0, schedule, 0, WORDS);
    schedule[WORDS] = 0x80000000;
    Arrays.fill(schedule, WORDS + 1, 15, 0);
    schedule[15] = (BLOCK + LENGTH) * Byte.SIZE;
    return schedule;
  }

  /** SHA-256 of one block, which stands in the first 16 words of {@code w}. */
  private static void compress(int[] state, int[] w) {
    for (int i = 16; i < BLOCK; i++) {
      int x = w[i - 15];
      int y = w[i - 2];
      int s0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
      int s1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int i = 0; i < BLOCK; i++) {
      int s1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
      int t1 = h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i];
      int s0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
      int t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  private static int word(byte[] bytes, int index) {
    int at = index * Integer.BYTES;
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | (bytes[at + 3] & 0xFF);
  }

  static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
