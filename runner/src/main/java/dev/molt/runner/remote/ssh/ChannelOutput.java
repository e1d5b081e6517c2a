package dev.molt.runner.remote.ssh;

import java.io.IOException;
import java.io.OutputStream;
import net.schmizz.sshj.connection.channel.Channel;

/**
 * Writes to a channel without ever waiting inside SSHJ for the peer's window: that wait ends in an
 * error after 30 seconds and holds a lock that the death of the connection needs to be told.
 */
final class ChannelOutput extends OutputStream {
  private static final int MAX_PIECE = 256 * 1024;

  private final Channel channel;
  private final OutputStream out;

  ChannelOutput(Channel channel) {
    this.channel = channel;
    this.out = channel.getOutputStream();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] b, int off, int len) throws IOException {
    int from = off;
    int left = len;
    while (left > 0) {
      int piece = (int) Math.min(Math.min(left, MAX_PIECE), window());
      out.write(b, from, piece);
      out.flush();
      from += piece;
      left -= piece;
    }
  }

  private long window() throws IOException {
    long window = channel.getRemoteWinSize();
    for (int i = 0; window <= 0; i++) {
      if (!channel.isOpen()) {
        throw new IOException("the channel is closed");
      }
      try {
        Thread.sleep(i < 20 ? 1 : 10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the host was not reading", e);
      }
      window = channel.getRemoteWinSize();
    }
    return window;
  }

  /** Nothing to do: each write goes at once. */
  @Override
  public void flush() {}

  @Override
  public void close() throws IOException {
    out.close();
  }
}
