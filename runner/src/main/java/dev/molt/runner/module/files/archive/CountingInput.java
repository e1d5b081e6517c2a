package dev.molt.runner.module.files.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Knows how much was read, whether all was, and with how many zeros it ended. */
final class CountingInput extends FilterInputStream {
  long total;
  long trailingZeros;
  boolean ended;

  CountingInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    if (n < 0) {
      ended = true;
      return n;
    }
    total += n;
    int zeros = 0;
    while (zeros < n && into[offset + n - 1 - zeros] == 0) {
      zeros++;
    }
    trailingZeros = zeros == n ? trailingZeros + n : zeros;
    return n;
  }

  /** Reads rather than skips, so that nothing goes uncounted. */
  @Override
  public long skip(long count) throws IOException {
    byte[] waste = new byte[(int) Math.min(Math.max(count, 0), 64 * 1024)];
    int n = waste.length == 0 ? 0 : read(waste, 0, waste.length);
    return Math.max(n, 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  void drain() throws IOException {
    byte[] waste = new byte[64 * 1024];
    while (read(waste, 0, waste.length) >= 0) {
      // The gzip trailer is checked on the way.
    }
  }
}
