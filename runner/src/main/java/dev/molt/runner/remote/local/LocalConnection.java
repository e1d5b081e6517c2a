package dev.molt.runner.remote.local;

import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.shell.ShellPool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/** Shells as children of this process. */
final class LocalConnection implements Connection {
  private final ShellPool shells;
  private final Consumer<Connection> onClose;

  LocalConnection(String name, Consumer<Connection> onClose) {
    this.shells = new ShellPool(name + " (local)", LocalChannel::start);
    this.onClose = onClose;
  }

  @Override
  public Shell shell(Identity identity) throws UnreachableException, BecomeException {
    return shells.shell(identity);
  }

  @Override
  public Socket tunnel(String address, int port, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(address, port),
          (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "cannot connect to " + address + ":" + port + " from this machine: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    shells.close();
    onClose.accept(this);
  }
}
