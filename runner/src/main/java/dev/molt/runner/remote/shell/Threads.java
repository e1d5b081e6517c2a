package dev.molt.runner.remote.shell;

import java.time.Duration;

/** Daemon threads, so that nothing here keeps the program alive. */
public final class Threads {
  private Threads() {}

  public static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * Runs what may block on a dead peer and waits for it, but no longer than given, and not past an
   * interruption, which it leaves set.
   */
  public static void bounded(String name, Duration atMost, Runnable work) {
    Thread thread = start(name, work);
    try {
      thread.join(atMost.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
