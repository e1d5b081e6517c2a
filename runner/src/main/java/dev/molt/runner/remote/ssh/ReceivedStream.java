package dev.molt.runner.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has arrived on a stream and was not read yet. Filled by one thread and read by another; its
 * size is bounded by the window that the server was granted.
 */
final class ReceivedStream extends InputStream {
  /** Is told how much was read. */
  @FunctionalInterface
  interface Reading {
    void read(int bytes) throws IOException;
  }

  private final Reading reading;
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int offset;
  private boolean ended;
  private IOException failure;

  ReceivedStream(Reading reading) {
    this.reading = reading;
  }

  synchronized void add(byte[] piece) {
    if (piece.length > 0 && !ended) {
      pieces.add(piece);
      notifyAll();
    }
  }

  /**
   * No more will come. What has arrived can still be read; then comes the failure, if there is one.
   */
  synchronized void end(IOException why) {
    if (!ended) {
      ended = true;
      failure = why;
      notifyAll();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = take(into, from, length);
    if (read > 0) {
      reading.read(read);
    }
    return read;
  }

  private synchronized int take(byte[] into, int from, int length) throws IOException {
    while (pieces.isEmpty()) {
      if (ended && failure != null) {
        throw failure;
      } else if (ended) {
        return -1;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while reading");
      }
    }
    byte[] first = pieces.peek();
    int count = Math.min(length, first.length - offset);
    System.arraycopy(first, offset, into, from, count);
    offset += count;
    if (offset == first.length) {
      pieces.remove();
      offset = 0;
    }
    return count;
  }

  @Override
  public synchronized int available() {
    return pieces.stream().mapToInt(p -> p.length).sum() - offset;
  }

  /** Lets a reader go, also one that waits. */
  @Override
  public void close() {
    end(null);
  }
}
