package dev.molt.runner.remote;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Hosts that exist only in a test. Each name gets a {@link FakeConnection}, made ready by {@link
 * #host} or, silently, when it is first opened. Thread-safe.
 */
public final class FakeTransport implements Transport {
  private final Map<String, FakeConnection> hosts = new ConcurrentHashMap<>();
  private final Map<String, String> unreachable = new ConcurrentHashMap<>();
  private volatile Consumer<FakeConnection> everyHost = c -> {};

  /** The host of that name, to be told what to answer and asked what was run. */
  public FakeConnection host(String name) {
    return hosts.computeIfAbsent(
        name,
        n -> {
          FakeConnection connection = new FakeConnection(n);
          everyHost.accept(connection);
          return connection;
        });
  }

  /** What every host that is first named from now on is told. */
  public FakeTransport everyHost(Consumer<FakeConnection> setup) {
    everyHost = setup;
    return this;
  }

  /** Has the opening of a host fail. */
  public FakeTransport unreachable(String name, String why) {
    unreachable.put(name, why);
    return this;
  }

  @Override
  public Connection open(ConnectionSettings settings) throws UnreachableException {
    String why = unreachable.get(settings.name());
    if (why != null) {
      throw new UnreachableException(settings + ": " + why);
    }
    return host(settings.name());
  }

  @Override
  public void close() {
    hosts.values().forEach(FakeConnection::close);
  }
}
