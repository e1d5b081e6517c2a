package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.shell.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts connections whose peer has fallen silent, for a whole transport on one thread. SSHJ's own
 * keep-alive asks, but cannot cut while a write is stuck in a full socket: that write holds the
 * lock which it needs. Closing the socket needs none.
 */
final class Liveness implements AutoCloseable {
  /** How often the peer is asked, so that an idle one is heard of. */
  static final Duration ASK = Duration.ofSeconds(5);

  /** Silence after which it is taken for dead: three questions without an answer. */
  static final Duration SILENCE = ASK.multipliedBy(3).plusSeconds(5);

  private final Set<LastHeard> watched = ConcurrentHashMap.newKeySet();
  private final Duration silence;
  private final Duration tick;
  private Thread thread;
  private boolean closed;

  Liveness(Duration silence, Duration tick) {
    this.silence = silence;
    this.tick = tick;
  }

  synchronized void watch(LastHeard connection) {
    watched.add(connection);
    if (thread == null && !closed) {
      thread = Threads.start("molt-liveness", this::loop);
    }
  }

  void forget(LastHeard connection) {
    watched.remove(connection);
  }

  private void loop() {
    try {
      while (true) {
        Thread.sleep(tick.toMillis());
        for (LastHeard connection : List.copyOf(watched)) {
          if (System.nanoTime() - connection.heardNanos() > silence.toNanos()) {
            forget(connection);
            cut(connection);
          }
        }
      }
    } catch (InterruptedException closing) {
      // The transport is being closed.
    }
  }

  private static void cut(LastHeard connection) {
    try {
      connection.close();
    } catch (IOException dead) {
      // It was to be closed, and is.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
