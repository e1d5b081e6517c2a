package dev.molt.runner.remote.local;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Transport;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs scripts on the machine that Molt runs on: same protocol, no SSH. Of the settings only the
 * name counts. Thread-safe.
 */
public final class LocalTransport implements Transport {
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  @Override
  public Connection open(ConnectionSettings settings) {
    LocalConnection connection = new LocalConnection(settings.name(), open::remove);
    open.add(connection);
    return connection;
  }

  @Override
  public void close() {
    open.forEach(Connection::close);
  }
}
