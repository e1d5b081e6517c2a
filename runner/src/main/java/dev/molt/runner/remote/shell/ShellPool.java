package dev.molt.runner.remote.shell;

import dev.molt.runner.remote.BecomeException;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.UnreachableException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The shells of one connection: at most one for each identity, started when first wanted and again
 * when it has died. Thread-safe.
 */
public final class ShellPool {
  private final String where;
  private final ShellStarter starter;
  private final ConcurrentMap<Identity, Slot> slots = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param where the host, as messages name it
   */
  public ShellPool(String where, ShellOpener opener) {
    this.where = where;
    this.starter = new ShellStarter(where, opener);
  }

  /**
   * The shell of an identity.
   *
   * @throws UnreachableException if no shell can be opened, or the pool was closed
   * @throws BecomeException if the host does not let the user become the identity
   */
  public Shell shell(Identity identity) throws UnreachableException, BecomeException {
    Slot slot = slots.computeIfAbsent(identity, i -> new Slot());
    synchronized (slot) {
      if (slot.refused != null) {
        // A wrong password that is tried for every task locks the account.
        throw new BecomeException(slot.refused);
      }
      if (slot.shell == null || !slot.shell.usable()) {
        if (closed) {
          throw new UnreachableException(where + ": the connection is closed");
        }
        try {
          slot.shell = starter.start(identity);
        } catch (BecomeException e) {
          slot.refused = e.getMessage();
          throw e;
        }
        if (closed) {
          slot.shell.close();
        }
      }
      return slot.shell;
    }
  }

  /** Closes every shell, which kills what they run. Does not wait for those just starting. */
  public void close() {
    closed = true;
    for (Slot slot : slots.values()) {
      OpenShell shell = slot.shell;
      if (shell != null) {
        shell.close();
      }
    }
  }

  /** Guards the start, so that identities start side by side but none twice. */
  private static final class Slot {
    private volatile OpenShell shell;
    private String refused;
  }
}
