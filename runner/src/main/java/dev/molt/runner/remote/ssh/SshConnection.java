package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.shell.ShellPool;
import dev.molt.runner.remote.shell.Threads;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.SSHClient;

/** An authenticated connection: one channel for each identity, one for each tunnel. */
final class SshConnection implements Connection {
  private static final Duration POLITE = Duration.ofSeconds(1);
  private static final int POLITE_MILLIS = (int) POLITE.toMillis();

  private final ConnectionSettings host;
  private final SSHClient client;
  private final Socket socket;
  private final ShellPool shells;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable onClose = () -> {};

  SshConnection(ConnectionSettings host, SSHClient client, Socket socket) {
    this.host = host;
    this.client = client;
    this.socket = socket;
    this.shells = new ShellPool(host.toString(), this::channel);
  }

  /** To be told once, when this is closed. */
  void onClose(Runnable action) {
    Runnable before = onClose;
    onClose =
        () -> {
          before.run();
          action.run();
        };
  }

  boolean alive() {
    return !closed.get() && client.getTransport().isRunning();
  }

  /** What ended the transport: the server's word, or the failure on this side. */
  private Optional<String> whyLost() {
    if (alive() || closed.get()) {
      return Optional.empty();
    }
    try {
      client.getTransport().join(POLITE_MILLIS, TimeUnit.MILLISECONDS);
      return Optional.of("the server closed it");
    } catch (IOException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return Optional.of(root.getMessage() == null ? root.toString() : root.getMessage());
    }
  }

  private SshShellChannel channel(String command) throws IOException {
    try {
      return new SshShellChannel(client, command, this::alive, this::whyLost);
    } catch (IllegalStateException notConnected) {
      throw new IOException("the connection was lost", notConnected);
    }
  }

  @Override
  public Shell shell(Identity identity) throws UnreachableException, BecomeException {
    if (!alive()) {
      throw new UnreachableException(host + ": the connection was lost");
    }
    return shells.shell(identity);
  }

  @Override
  public Socket tunnel(String address, int port, Duration timeout) throws IOException {
    if (!alive()) {
      throw new IOException(host + ": the connection was lost");
    }
    return Tunnel.open(host, client, address, port, timeout);
  }

  /** The polite part has a second; the socket closes whatever the peer does. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Threads.bounded("molt-close-ssh", POLITE, shells::close);
      Threads.bounded("molt-close-ssh", Duration.ofMillis(500), this::disconnect);
      closeSocket();
      onClose.run();
    }
  }

  private void disconnect() {
    try {
      client.disconnect();
    } catch (IOException lost) {
      // Then it is disconnected.
    }
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // As it should be.
    }
  }
}
