package dev.molt.runner.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * Gives a stream that can only block what a socket's stream has: reads that time out, and that
 * another thread's close ends. A thread of its own reads ahead, by one buffer at most, so that the
 * channel's flow control still holds the sender back.
 */
final class TimedInput extends InputStream implements Runnable {
  private final InputStream source;
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;
  private boolean ended;
  private IOException failure;
  private boolean closed;
  private volatile int timeout;
  private volatile long heard = System.nanoTime();

  TimedInput(InputStream source) {
    this.source = source;
  }

  @Override
  public void run() {
    byte[] piece = new byte[buffer.length];
    try {
      for (int n = source.read(piece); n >= 0; n = source.read(piece)) {
        heard = System.nanoTime();
        if (!put(piece, n)) {
          return;
        }
      }
      end(null);
    } catch (IOException e) {
      end(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean put(byte[] piece, int length) throws InterruptedException {
    while (from < to && !closed) {
      wait();
    }
    System.arraycopy(piece, 0, buffer, 0, length);
    from = 0;
    to = length;
    notifyAll();
    return !closed;
  }

  private synchronized void end(IOException e) {
    ended = true;
    failure = e;
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] b, int off, int len) throws IOException {
    if (len == 0) {
      return 0;
    }
    awaitBytes();
    if (from == to) {
      return -1;
    }
    int n = Math.min(len, to - from);
    System.arraycopy(buffer, from, b, off, n);
    from += n;
    notifyAll();
    return n;
  }

  private void awaitBytes() throws IOException {
    long end = System.nanoTime() + timeout * 1_000_000L;
    while (from == to && !ended && !closed) {
      long left = timeout == 0 ? 0 : (end - System.nanoTime()) / 1_000_000L;
      if (timeout > 0 && left <= 0) {
        throw new SocketTimeoutException("Read timed out");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SocketException("interrupted");
      }
    }
    if (closed) {
      throw new SocketException("Socket closed");
    }
    if (from == to && failure != null) {
      throw failure;
    }
  }

  @Override
  public synchronized int available() {
    return to - from;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean closed() {
    return closed;
  }

  long heardNanos() {
    return heard;
  }

  void timeout(int millis) {
    timeout = millis;
  }

  int timeout() {
    return timeout;
  }
}
