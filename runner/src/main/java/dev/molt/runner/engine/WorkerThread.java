package dev.molt.runner.engine;

/** A thread that works on one host at a time. */
final class WorkerThread extends Thread {
  WorkerThread(Runnable work) {
    this(null, work);
  }

  /**
   * In a group that takes what it and those that it starts do not catch.
   *
   * @param group null for that of whoever makes it
   */
  WorkerThread(ThreadGroup group, Runnable work) {
    super(group, work, "host");
    setDaemon(true);
  }
}
