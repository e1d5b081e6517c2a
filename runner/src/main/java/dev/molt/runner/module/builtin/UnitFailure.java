package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.Map;

/** Puts into words why a unit is not as it was asked to be; looks at the host for the reason. */
final class UnitFailure {
  private static final Map<Long, String> EXIT_STATUS =
      Map.of(
          78L, "a configuration error, by convention",
          200L, "its working directory cannot be entered",
          203L, "its program cannot be executed",
          216L, "its group does not exist",
          217L, "its user does not exist",
          226L, "its mount namespace cannot be set up");
  private static final Map<Long, String> SIGNAL =
      Map.of(4L, "ILL", 6L, "ABRT", 7L, "BUS", 8L, "FPE", 9L, "KILL", 11L, "SEGV", 15L, "TERM");

  private UnitFailure() {}

  /** It should run, and does not, or not for long. */
  static ModuleException notRunning(
      String unit, UnitChange change, long timeout, MapValue result, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    UnitState last = change.last();
    StringBuilder message = new StringBuilder(unit);
    if (change.first().running() && !change.first().sameRun(last)) {
      message.append(" started but died at once");
    } else if (change.failedStatus() == UnitChange.TIMED_OUT) {
      message.append(" did not come up within ").append(timeout).append(" s");
    } else if (last.conditionFailed()) {
      message.append(" was not started, since a condition in its unit file does not hold");
    } else {
      message.append(" did not start");
    }
    message.append("; it is now ").append(last.words()).append(death(last));
    if (last.number("NRestarts") > 0) {
      message.append(", and systemd has restarted it ");
      message.append(last.number("NRestarts")).append(" times");
    }
    said(message, change);
    List<String> journal =
        target.read(UnitScripts.journal(unit, change.begin())).out().lines().toList();
    result.put("journal", ListValue.ofStrings(journal));
    if (journal.isEmpty()) {
      message.append("\nThe journal shows this user nothing of it.");
    } else {
      message.append("\nIts last lines in the journal:");
      journal.forEach(line -> message.append("\n  ").append(line));
    }
    return new ModuleException(message.toString(), result);
  }

  /** It should be stopped, and is not. */
  static ModuleException notStopped(
      String unit, UnitChange change, long timeout, MapValue result, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    UnitState last = change.last();
    StringBuilder message = new StringBuilder(unit + " did not stop");
    if (change.failedStatus() == UnitChange.TIMED_OUT) {
      message.append(" within ").append(timeout).append(" s");
    }
    message.append("; it is now ").append(last.words());
    said(message, change);
    if (!last.get("ControlGroup").isEmpty()) {
      List<String> left =
          target.read(UnitScripts.processes(last.get("ControlGroup"))).out().lines().toList();
      result.put("processes", ListValue.ofStrings(left));
      if (!left.isEmpty()) {
        message.append("\nStill running:");
        left.forEach(line -> message.append("\n  ").append(line));
      }
    }
    return new ModuleException(message.toString(), result);
  }

  /** A systemctl command failed that is not about starting or stopping. */
  static ModuleException command(UnitChange change, MapValue result) {
    StringBuilder message = new StringBuilder("systemctl " + change.failed() + " failed");
    said(message, change);
    return new ModuleException(message.toString(), result);
  }

  private static void said(StringBuilder message, UnitChange change) {
    if (change.said().isEmpty()) {
      return;
    }
    message.append(": ").append(change.said());
    String said = change.said();
    if (said.contains("authentication required") || said.contains("Access denied")) {
      message.append(" (only root may do this: set become: true)");
    }
  }

  /** How its main process ended, where that is known. */
  private static String death(UnitState unit) {
    String result = unit.get("Result");
    long status = unit.number("ExecMainStatus");
    StringBuilder text = new StringBuilder();
    if (!result.isEmpty() && !result.equals("success")) {
      text.append(", result ").append(result);
    }
    // ExecMainCode is si_code of SIGCHLD: 1 exited, 2 killed, 3 dumped core.
    long code = unit.number("ExecMainCode");
    if (code == 1 && status != 0) {
      text.append(", exit status ").append(status);
      String meaning = EXIT_STATUS.get(status);
      text.append(meaning == null ? "" : " (" + meaning + ")");
    } else if (code == 2 || code == 3) {
      text.append(", killed by signal ").append(status);
      String name = SIGNAL.get(status);
      text.append(name == null ? "" : " (SIG" + name + ")");
      text.append(code == 3 ? ", core dumped" : "");
    }
    return text.toString();
  }
}
