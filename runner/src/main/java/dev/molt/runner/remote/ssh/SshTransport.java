package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Transport;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Reaches hosts over SSH 2 (RFC 4251 to 4254). All connections share one configuration and one
 * watchdog; hosts behind the same jump host share the connection to it. Thread-safe.
 */
public final class SshTransport implements Transport {
  private final Liveness liveness;
  private final Agent.Source agents;
  private final Set<SshConnection> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<ConnectionSettings, Jump> jumps = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public SshTransport() {
    this(new Liveness(Liveness.SILENCE, Duration.ofSeconds(5)), Agent::fromEnvironment);
  }

  SshTransport(Liveness liveness, Agent.Source agents) {
    this.liveness = liveness;
    this.agents = agents;
  }

  /** Builds what the first connection needs: to be called while there is something else to do. */
  public static void warmUp() {
    SshConfig.shared();
  }

  @Override
  public Connection open(ConnectionSettings settings) throws UnreachableException {
    SshConnection connection = new Connector(settings, liveness, this::socketTo, agents).connect();
    open.add(connection);
    connection.onClose(() -> open.remove(connection));
    if (closed) {
      connection.close();
      throw new UnreachableException(settings + ": the run is ending");
    }
    return connection;
  }

  private Socket socketTo(ConnectionSettings settings) throws IOException, UnreachableException {
    if (settings.jump().isEmpty()) {
      return TcpConnect.connect(settings);
    }
    ConnectionSettings via = settings.jump().get();
    Jump jump = jumps.computeIfAbsent(via, v -> new Jump());
    synchronized (jump) {
      if (jump.connection == null || !jump.connection.alive()) {
        jump.connection = (SshConnection) open(via);
      }
    }
    return jump.connection.tunnel(settings.address(), settings.port(), settings.connectTimeout());
  }

  @Override
  public void close() {
    closed = true;
    // All at once: a fleet of hanging hosts must not take two seconds each.
    open.stream()
        .map(c -> dev.molt.runner.remote.shell.Threads.start("molt-close", c::close))
        .toList()
        .forEach(SshTransport::join);
    liveness.close();
  }

  private static void join(Thread thread) {
    try {
      thread.join(3000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Jump {
    private SshConnection connection;
  }
}
