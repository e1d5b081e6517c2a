package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Python's generator of random numbers, the Mersenne Twister: a seed gives here what it gives
 * there, so that a minute chosen for a host stays the same. Not for secrets without a seed. Not
 * thread-safe.
 */
public final class PythonRandom {
  private static final int N = 624;
  private static final int M = 397;

  private final int[] state = new int[N];
  private int next = N;

  /** Seeded from an integer, or from a text as version 2 of Python's seeding does it. */
  public PythonRandom(Value seed) {
    seed(number(seed).abs());
  }

  private static BigInteger number(Value seed) {
    if (seed instanceof IntValue i) {
      return i.value();
    } else if (seed instanceof BoolValue b) {
      return b.value() ? BigInteger.ONE : BigInteger.ZERO;
    } else if (seed instanceof StrValue || seed instanceof FloatValue) {
      byte[] text = Python.str(seed).getBytes(StandardCharsets.UTF_8);
      byte[] both = Arrays.copyOf(text, text.length + 64);
      System.arraycopy(sha512(text), 0, both, text.length, 64);
      return new BigInteger(1, both);
    }
    throw new ValueException("a seed is a number or a text, not " + Python.typeName(seed));
  }

  private static byte[] sha512(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  private void seed(BigInteger number) {
    int words = Math.max(1, (number.bitLength() + 31) / 32);
    int[] key = new int[words];
    for (int i = 0; i < words; i++) {
      key[i] = number.shiftRight(32 * i).intValue();
    }
    state[0] = 19650218;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * mixed(i) + i;
    }
    int i = 1;
    int j = 0;
    for (int k = Math.max(N, words); k > 0; k--) {
      state[i] = (state[i] ^ (mixed(i) * 1664525)) + key[j] + j;
      i = wrapped(i);
      j = (j + 1) % words;
    }
    for (int k = N - 1; k > 0; k--) {
      state[i] = (state[i] ^ (mixed(i) * 1566083941)) - i;
      i = wrapped(i);
    }
    state[0] = 1 << 31;
  }

  private int mixed(int i) {
    return state[i - 1] ^ (state[i - 1] >>> 30);
  }

  private int wrapped(int i) {
    if (i + 1 < N) {
      return i + 1;
    }
    state[0] = state[N - 1];
    return 1;
  }

  private int word() {
    if (next >= N) {
      for (int i = 0; i < N; i++) {
        int y = (state[i] & (1 << 31)) | (state[(i + 1) % N] & ~(1 << 31));
        state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
      }
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /** A number from zero up to, without, this one. */
  public long below(long limit) {
    if (limit < 1) {
      throw new ValueException("there is no number to choose");
    }
    int bits = 64 - Long.numberOfLeadingZeros(limit);
    while (true) {
      long value = bits(bits);
      if (value < limit) {
        return value;
      }
    }
  }

  private long bits(int bits) {
    if (bits <= 32) {
      return Integer.toUnsignedLong(word()) >>> (32 - bits);
    }
    long low = Integer.toUnsignedLong(word());
    return low | (Integer.toUnsignedLong(word()) >>> (64 - bits)) << 32;
  }

  /** Puts items into a random order. */
  public void shuffle(List<Value> items) {
    for (int i = items.size() - 1; i > 0; i--) {
      int j = (int) below(i + 1L);
      Value item = items.get(i);
      items.set(i, items.get(j));
      items.set(j, item);
    }
  }
}
