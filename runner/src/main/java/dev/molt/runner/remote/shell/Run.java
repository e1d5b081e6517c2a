package dev.molt.runner.remote.shell;

import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One script under way: where its output goes, and the wait for both its streams to end. */
final class Run {
  /** What timeout(1) exits with at the deadline: after TERM, and after KILL. */
  private static final int TIMED_OUT = 124;

  private static final int KILLED = 137;

  final long id;
  final Script script;
  final Capture stdout;
  final Capture stderr;
  private final long started = System.nanoTime();
  private final CountDownLatch done = new CountDownLatch(2);
  private volatile boolean lost;
  private volatile int status = -1;
  private volatile long finished;

  Run(long id, Script script) {
    this.id = id;
    this.script = script;
    this.stdout = new Capture(false, script.maxOutput(), script.onLine());
    this.stderr = new Capture(true, script.maxOutput(), script.onLine());
  }

  void end(boolean ofStderr, OptionalInt exitStatus) {
    (ofStderr ? stderr : stdout).finish();
    exitStatus.ifPresent(s -> status = s);
    finished = System.nanoTime();
    done.countDown();
  }

  /** The shell is gone: nobody need wait any longer. */
  void lose() {
    if (done.getCount() > 0) {
      lost = true;
      done.countDown();
      done.countDown();
    }
  }

  boolean await(Duration atMost) throws InterruptedException {
    return done.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits whatever interrupts; says whether the script has ended or was lost. */
  boolean awaitRegardless(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  boolean isLost() {
    return lost;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** A status alone does not tell, as a script can exit with it too; the time it took does. */
  boolean timedOut() {
    return (status == TIMED_OUT || status == KILLED)
        && finished - started >= script.deadline().toNanos();
  }

  ScriptResult result() {
    return new ScriptResult(
        status,
        stdout.bytes(),
        stderr.bytes(),
        Duration.ofNanos(finished - started),
        timedOut(),
        stdout.truncated() || stderr.truncated());
  }
}
