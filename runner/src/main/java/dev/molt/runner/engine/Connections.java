package dev.molt.runner.engine;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Transport;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One connection a host, opened when it is first needed and kept for the run; one that was lost is
 * opened anew for the next task. Thread-safe; hosts do not wait for each other.
 */
final class Connections implements AutoCloseable {
  private final Supplier<Transport> ssh;
  private final Supplier<Transport> local;
  private final Consumer<String> regained;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  private static final class Slot {
    private final String host;
    private final boolean onThisMachine;
    private final ConnectionSettings settings;
    private Connection connection;
    private boolean lost;

    Slot(String host, boolean onThisMachine, ConnectionSettings settings) {
      this.host = host;
      this.onThisMachine = onThisMachine;
      this.settings = settings;
    }
  }

  Connections(Supplier<Transport> ssh, Supplier<Transport> local) {
    this(ssh, local, host -> {});
  }

  /**
   * None yet.
   *
   * @param regained is told the host whose connection was lost and is back, on any thread
   */
  Connections(Supplier<Transport> ssh, Supplier<Transport> local, Consumer<String> regained) {
    this.ssh = memoize(ssh);
    this.local = memoize(local);
    this.regained = regained;
  }

  Connection open(String host, boolean onThisMachine, ConnectionSettings settings)
      throws UnreachableException {
    String key = host + (onThisMachine ? " (local)" : " " + settings);
    return open(slots.computeIfAbsent(key, k -> new Slot(host, onThisMachine, settings)));
  }

  private Connection open(Slot slot) throws UnreachableException {
    boolean back = false;
    Connection open;
    synchronized (slot) {
      if (slot.connection != null && !slot.connection.alive()) {
        slot.connection.close();
        slot.connection = null;
        slot.lost = true;
      }
      if (slot.connection == null) {
        slot.connection = (slot.onThisMachine ? local : ssh).get().open(slot.settings);
        back = slot.lost;
        slot.lost = false;
      }
      open = slot.connection;
    }
    if (back) {
      regained.accept(slot.host);
    }
    return open;
  }

  /** Opens those anew that were lost since; gives the hosts where that cannot be done now. */
  List<String> revive() {
    List<String> gone = new ArrayList<>();
    for (Slot slot : slots.values()) {
      boolean dead;
      synchronized (slot) {
        dead = slot.connection != null && !slot.connection.alive();
      }
      if (dead) {
        try {
          open(slot);
        } catch (UnreachableException e) {
          gone.add(slot.host);
        }
      }
    }
    return gone;
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
