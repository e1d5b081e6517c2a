package dev.molt.runner.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: the run is interrupted, kills what its scripts run on the hosts, and still
 * says where things stand before the process ends.
 */
final class Interrupts {
  private static final int GRACE_SECONDS = 15;
  private static final CountDownLatch DONE = new CountDownLatch(1);
  private static final AtomicInteger STATUS = new AtomicInteger();

  private Interrupts() {}

  /** From now on a signal interrupts this thread. */
  static void watch(Thread runner) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  runner.interrupt();
                  try {
                    if (DONE.getCount() == 0) {
                      return;
                    }
                    if (DONE.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                      Runtime.getRuntime().halt(STATUS.get());
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "signals"));
  }

  /** The command is done; gives the status to end with. */
  static int finished(int status) {
    STATUS.set(status);
    DONE.countDown();
    return status;
  }
}
