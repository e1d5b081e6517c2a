package dev.molt.runner.module;

import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** Counts what goes over another connection. */
final class CountingConnection implements Connection {
  private final Connection inner;
  private int roundTrips;
  private long bytesSent;

  CountingConnection(Connection inner) {
    this.inner = inner;
  }

  void reset() {
    roundTrips = 0;
    bytesSent = 0;
  }

  int roundTrips() {
    return roundTrips;
  }

  long bytesSent() {
    return bytesSent;
  }

  @Override
  public Shell shell(Identity identity) throws UnreachableException, BecomeException {
    Shell shell = inner.shell(identity);
    return script -> {
      roundTrips++;
      script.stdin().ifPresent(content -> bytesSent += content.length());
      return shell.run(script);
    };
  }

  @Override
  public Socket tunnel(String address, int port, Duration timeout) throws IOException {
    return inner.tunnel(address, port, timeout);
  }

  @Override
  public void close() {
    inner.close();
  }
}
