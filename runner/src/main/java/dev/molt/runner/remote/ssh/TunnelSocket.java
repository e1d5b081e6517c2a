package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.shell.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/**
 * A tunnel as a connected {@link Socket}, good enough to layer TLS upon. Honours SO_TIMEOUT and
 * half close; takes TCP's options without effect, as the TCP connection is the server's. The
 * address is the tunnel's far end by name only: nothing is resolved on this side.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // close must wait for nobody
final class TunnelSocket extends Socket implements LastHeard {
  private static final Duration POLITE = Duration.ofSeconds(1);

  private final DirectConnection channel;
  private final InetAddress address;
  private final int port;
  private final TimedInput in;
  private final OutputStream out;
  private volatile boolean closed;
  private volatile boolean outputShut;

  TunnelSocket(DirectConnection channel, String host, int port) throws IOException {
    this.channel = channel;
    this.address = InetAddress.getByAddress(host, new byte[] {0, 0, 0, 0});
    this.port = port;
    this.in = new TimedInput(channel.getInputStream());
    this.out = new Output(new ChannelOutput(channel));
    Threads.start("molt-tunnel " + host + ":" + port, in);
  }

  @Override
  public long heardNanos() {
    return in.heardNanos();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (closed) {
      throw new SocketException("Socket is closed");
    }
    return new Input(in);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    if (closed) {
      throw new SocketException("Socket is closed");
    }
    return out;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      in.close();
      Threads.bounded("molt-close-tunnel", POLITE, this::closeChannel);
    }
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException lost) {
      // Then it is closed on the other side, too.
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    outputShut = true;
    out.flush();
    channel.getOutputStream().close();
  }

  @Override
  public void shutdownInput() {
    in.close();
  }

  @Override
  public void setSoTimeout(int millis) {
    in.timeout(millis);
  }

  @Override
  public int getSoTimeout() {
    return in.timeout();
  }

  @Override
  public void connect(SocketAddress endpoint, int millis) throws IOException {
    throw new SocketException("already connected");
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShut;
  }

  @Override
  public boolean isInputShutdown() {
    return in.closed();
  }

  @Override
  public InetAddress getInetAddress() {
    return address;
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return new InetSocketAddress(address, port);
  }

  @Override
  public InetAddress getLocalAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public int getLocalPort() {
    return 0;
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return new InetSocketAddress(getLocalAddress(), 0);
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public boolean getKeepAlive() {
    return false;
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {}

  @Override
  public void setSendBufferSize(int size) {}

  @Override
  public void setReceiveBufferSize(int size) {}

  @Override
  public int getSendBufferSize() {
    return channel.getLocalMaxPacketSize();
  }

  @Override
  public int getReceiveBufferSize() {
    return channel.getLocalMaxPacketSize();
  }

  @Override
  public String toString() {
    return "tunnel to " + address.getHostName() + ":" + port;
  }

  /** Closing a socket's stream closes the socket. */
  private final class Input extends java.io.FilterInputStream {
    Input(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      TunnelSocket.this.close();
    }
  }

  private final class Output extends java.io.FilterOutputStream {
    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      if (closed) {
        throw new SocketException("Socket is closed");
      }
      out.write(b, off, len);
    }

    @Override
    public void close() {
      TunnelSocket.this.close();
    }
  }
}
