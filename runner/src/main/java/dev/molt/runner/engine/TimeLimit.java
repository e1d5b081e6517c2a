package dev.molt.runner.engine;

import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;

/** Ends what a thread does once its time is up, by interrupting it. */
final class TimeLimit {
  private final Thread worker = Thread.currentThread();
  private boolean done;
  private boolean over;

  private TimeLimit() {}

  /** The time was up. */
  static final class OverException extends Exception {
    private static final long serialVersionUID = 1L;

    OverException() {
      super("the time was up", null, false, false);
    }
  }

  /** What has to be done in time. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws UnreachableException, InterruptedException;
  }

  /**
   * Does it on this thread.
   *
   * @param longest zero for as long as it takes
   * @throws OverException if it took longer; it was interrupted, and has ended
   */
  static <T> T within(Duration longest, Work<T> work)
      throws OverException, UnreachableException, InterruptedException {
    if (longest.isZero() || longest.isNegative()) {
      return work.run();
    }
    TimeLimit limit = new TimeLimit();
    Thread watch = new Thread(() -> limit.watch(longest), "time limit");
    watch.setDaemon(true);
    watch.start();
    T result;
    try {
      result = work.run();
    } catch (InterruptedException e) {
      if (limit.end()) {
        throw new OverException();
      }
      throw e;
    } finally {
      limit.end();
      watch.interrupt();
    }
    if (limit.end()) {
      throw new OverException();
    }
    return result;
  }

  private void watch(Duration longest) {
    try {
      Thread.sleep(longest.toMillis());
    } catch (InterruptedException e) {
      return;
    }
    synchronized (this) {
      if (!done) {
        over = true;
        worker.interrupt();
      }
    }
  }

  /** No interrupt comes from here on; says whether one came, which is taken back. */
  private synchronized boolean end() {
    if (!done && over) {
      Thread.interrupted();
    }
    done = true;
    return over;
  }
}
