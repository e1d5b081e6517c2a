package dev.molt.runner.engine;

/** A thread that works on one host at a time. */
final class WorkerThread extends Thread {
  WorkerThread(Runnable work) {
    super(work, "host");
    setDaemon(true);
  }
}
