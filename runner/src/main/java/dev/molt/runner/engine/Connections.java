package dev.molt.runner.engine;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Transport;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One connection a host, opened when it is first needed and kept for the run; one that was lost is
 * opened anew for the next task. Thread-safe; hosts do not wait for each other.
 */
final class Connections implements AutoCloseable {
  private final Supplier<Transport> ssh;
  private final Supplier<Transport> local;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  private static final class Slot {
    private Connection connection;
  }

  Connections(Supplier<Transport> ssh, Supplier<Transport> local) {
    this.ssh = memoize(ssh);
    this.local = memoize(local);
  }

  Connection open(String host, boolean onThisMachine, ConnectionSettings settings)
      throws UnreachableException {
    String key = host + (onThisMachine ? " (local)" : " " + settings);
    Slot slot = slots.computeIfAbsent(key, k -> new Slot());
    synchronized (slot) {
      if (slot.connection != null && !slot.connection.alive()) {
        slot.connection.close();
        slot.connection = null;
      }
      if (slot.connection == null) {
        slot.connection = (onThisMachine ? local : ssh).get().open(settings);
      }
      return slot.connection;
    }
  }

  /** Forgets the connections to a host, so that the next task connects anew. */
  void reset(String host) {
    slots.forEach(
        (key, slot) -> {
          if (key.startsWith(host + " ")) {
            synchronized (slot) {
              if (slot.connection != null) {
                slot.connection.close();
                slot.connection = null;
              }
            }
          }
        });
  }

  /** Closes all, at the same time: a host that hangs holds up no other. */
  @Override
  public void close() {
    List<Thread> closers = new ArrayList<>();
    for (Slot slot : slots.values()) {
      Connection connection = slot.connection;
      if (connection != null) {
        Thread closer = new Thread(connection::close, "close");
        closer.setDaemon(true);
        closer.start();
        closers.add(closer);
      }
    }
    for (Thread closer : closers) {
      try {
        closer.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> Supplier<T> memoize(Supplier<T> supplier) {
    return new Supplier<>() {
      private T value;

      @Override
      public synchronized T get() {
        if (value == null) {
          value = supplier.get();
        }
        return value;
      }
    };
  }
}
