package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.shell.Threads;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.SocketFactory;
import net.schmizz.sshj.SSHClient;

/** Makes one connection: TCP or a tunnel, key exchange, host key, login; and explains failures. */
final class Connector {
  /** sshd drops connections at random when many come at once (MaxStartups); later there is room. */
  private static final int ATTEMPTS = 4;

  private static final Duration BACK_OFF = Duration.ofMillis(250);

  private final ConnectionSettings host;
  private final Liveness liveness;
  private final SocketSource sockets;
  private final Agent.Source agents;

  Connector(ConnectionSettings host, Liveness liveness, SocketSource sockets, Agent.Source agents) {
    this.host = host;
    this.liveness = liveness;
    this.sockets = sockets;
    this.agents = agents;
  }

  SshConnection connect() throws UnreachableException {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt();
      } catch (TurnedAwayException e) {
        if (attempt == ATTEMPTS) {
          throw new UnreachableException(
              ("%s: the server closed the connection before it said what it is, %d times in a row;"
                      + " too many connections at once (MaxStartups in sshd_config), or a ban of"
                      + " this address (%s)")
                  .formatted(host, ATTEMPTS, e.getMessage()),
              e);
        }
        backOff(attempt);
      }
    }
  }

  private void backOff(int attempt) throws UnreachableException {
    try {
      long base = BACK_OFF.toMillis() << (attempt - 1);
      Thread.sleep(base + ThreadLocalRandom.current().nextLong(base));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(host + ": interrupted while connecting", e);
    }
  }

  private SshConnection attempt() throws UnreachableException, TurnedAwayException {
    HostKeyCheck check = new HostKeyCheck(host, knownHosts());
    Socket socket = socket();
    boolean done = false;
    try {
      SSHClient client = new SSHClient(SshConfig.shared());
      // Before anything else dies: a write stuck in the socket must not keep the others waiting,
      // and SSHJ leaves the keep-alive asking a connection that is no more.
      client
          .getTransport()
          .setDisconnectListener(
              (reason, message) -> {
                close(socket);
                client.getConnection().getKeepAlive().interrupt();
              });
      exchangeKeys(client, socket, check);
      Thread watchdog = watchdog(socket);
      try {
        new Login(host, client, agents).run();
      } finally {
        watchdog.interrupt();
      }
      SshConnection connection = new SshConnection(host, client, socket);
      if (socket instanceof LastHeard heard) {
        liveness.watch(heard);
        connection.onClose(() -> liveness.forget(heard));
      }
      done = true;
      return connection;
    } finally {
      if (!done) {
        close(socket);
      }
    }
  }

  private KnownHosts knownHosts() throws UnreachableException {
    try {
      return KnownHosts.read(host.knownHosts());
    } catch (IOException e) {
      throw new UnreachableException(
          host + ": cannot read known_hosts, without which no host is trusted: " + e, e);
    }
  }

  private Socket socket() throws UnreachableException {
    try {
      return sockets.connect(host);
    } catch (IOException e) {
      throw new UnreachableException(host + ": " + e.getMessage(), e);
    }
  }

  private void exchangeKeys(SSHClient client, Socket socket, HostKeyCheck check)
      throws UnreachableException, TurnedAwayException {
    int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, host.connectTimeout().toMillis()));
    client.addHostKeyVerifier(check);
    client.setSocketFactory(new Connected(socket));
    client.setTimeout(millis);
    client.getTransport().setTimeoutMs(millis);
    client.getConnection().setTimeoutMs(millis);
    client.getConnection().getKeepAlive().setKeepAliveInterval((int) Liveness.ASK.toSeconds());
    Thread watchdog = watchdog(socket);
    try {
      client.connect(host.address(), host.port());
      // Afterwards silence is normal; whether the peer lives is the watchdog's business.
      socket.setSoTimeout(0);
    } catch (IOException e) {
      Optional<String> refusal = check.refusal();
      if (refusal.isPresent()) {
        throw new UnreachableException(host + ": " + refusal.get(), e);
      }
      Optional<String> server = version(client);
      if (server.isEmpty()) {
        throw silent(e, !watchdog.isAlive());
      }
      throw new UnreachableException(
          "%s: key exchange failed with %s: %s".formatted(host, server.get(), explain(e)), e);
    } finally {
      watchdog.interrupt();
    }
  }

  /** What the server calls itself, if it came to say so: SSHJ fails on half an identification. */
  private static Optional<String> version(SSHClient client) {
    try {
      return Optional.ofNullable(client.getTransport().getServerVersion());
    } catch (StringIndexOutOfBoundsException tooShort) {
      return Optional.empty();
    }
  }

  private TurnedAwayException silent(IOException e, boolean late)
      throws UnreachableException, TurnedAwayException {
    String why = String.valueOf(e.getMessage());
    if (late || why.contains("timed out")) {
      throw new UnreachableException(
          "%s: connected, but the server said nothing within %.1f s; it hangs, or is no SSH server"
              .formatted(host, host.connectTimeout().toMillis() / 1000.0),
          e);
    }
    if (why.contains("identified as") || why.contains("Incorrect identification")) {
      throw new UnreachableException(
          "%s: port %d does not speak SSH 2: %s".formatted(host, host.port(), why), e);
    }
    return new TurnedAwayException(e);
  }

  private String explain(IOException e) {
    String why = String.valueOf(e.getMessage());
    if (why.contains("settlement")) {
      return "no algorithm in common. "
          + why
          + ". Molt offers no SHA-1, no CBC and no ssh-rsa signatures; update the server, or allow"
          + " one of Molt's algorithms in its sshd_config";
    }
    return why;
  }

  /** Closes the socket when connecting, or logging in, has taken its time. */
  private Thread watchdog(Socket socket) {
    return Threads.start(
        "molt-connect-watchdog",
        () -> {
          try {
            Thread.sleep(host.connectTimeout().toMillis());
            close(socket);
          } catch (InterruptedException inTime) {
            // What was watched has come to an end.
          }
        });
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // As it should be.
    }
  }

  /** The server closed before its identification: worth another try. */
  private static final class TurnedAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    TurnedAwayException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Hands SSHJ the socket that is there. */
  private static final class Connected extends SocketFactory {
    private final Socket socket;

    Connected(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Socket createSocket() {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort) {
      return socket;
    }

    @Override
    public Socket createSocket(java.net.InetAddress host, int port) {
      return socket;
    }

    @Override
    public Socket createSocket(
        java.net.InetAddress address, int port, java.net.InetAddress local, int localPort) {
      return socket;
    }
  }
}
