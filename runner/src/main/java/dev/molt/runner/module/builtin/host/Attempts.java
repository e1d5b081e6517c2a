package dev.molt.runner.module.builtin.host;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;

/** Tries until a host answers as it should. */
final class Attempts {
  /** A host that is up answers a short script long before. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Target target;
  private final Duration answer;
  private final long end;
  private String last = "not tried yet";

  /**
   * Begins now.
   *
   * @param limit how long to try
   * @param answer how many seconds a host may take for an answer; 0 for the usual
   */
  Attempts(Target target, Duration limit, int answer) {
    this.target = target;
    this.answer = answer > 0 ? Duration.ofSeconds(answer) : ANSWER;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** What is to be found of an answer. */
  interface Check {
    /** Why it is not as it should be; empty text if it is. */
    String fault(ScriptResult answer);
  }

  /**
   * Tries until the check finds no fault.
   *
   * @param pauses how long to wait after a failure: the first time, and at most; it doubles between
   * @return whether it came to that in time
   */
  boolean until(String script, Check check, Duration[] pauses) throws InterruptedException {
    Duration pause = pauses[0];
    while (true) {
      last = attempt(script, check);
      if (last.isEmpty()) {
        return true;
      }
      if (System.nanoTime() + pause.toNanos() > end) {
        return false;
      }
      target.progress("waiting for the host: " + last);
      Thread.sleep(pause.toMillis());
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(pauses[1]) > 0 ? pauses[1] : doubled;
    }
  }

  private String attempt(String script, Check check) throws InterruptedException {
    try {
      return check.fault(target.read(Script.of(script).withDeadline(answer)));
    } catch (UnreachableException | ModuleException e) {
      target.reconnect();
      return String.valueOf(e.getMessage());
    }
  }

  /** What was wrong the last time. */
  String last() {
    return last;
  }
}
