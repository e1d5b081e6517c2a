package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.Moment;
import dev.molt.dsl.hook.Plain;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.InternalKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The hooks before and after a task on a host. */
record TaskHooks(PlayContext play, Frame frame, TaskInfo info, HostRun host) {
  /** What the hooks stand around. */
  interface Work {
    Attempt with(Variables variables) throws InterruptedException;
  }

  /**
   * Does the work, if the hooks before it let it. Those after it are called whatever came of it,
   * and may make a failure of it.
   */
  Attempt around(Variables variables, Work work) throws InterruptedException {
    if (!RunHooks.any(frame)) {
      return work.with(variables);
    }
    Entered entered = new Entered();
    Variables now = variables;
    Attempt attempt;
    try {
      HookCall before = HookCall.atTask(play, frame, info, host).seeing(variables);
      call(Moment.BEFORE_TASK, before, null, entered);
      // What the hook has set holds for the task.
      now = variables.fresh();
      attempt = work.with(now);
    } catch (HookException e) {
      attempt = ended(e, MapValue.empty());
    } catch (DiagnosticException e) {
      attempt = Attempt.failed(e, false);
    }
    try {
      boolean hides = BoolValue.TRUE.equals(attempt.result.get(InternalKeys.NO_LOG));
      HookCall after = HookCall.atTask(play, frame, info, host).seeing(now).hiding(hides);
      Map<String, Object> told = Plain.map(InternalKeys.strip(attempt.result));
      told.put("host", host.name());
      told.put("status", attempt.status.name().toLowerCase(Locale.ROOT));
      call(Moment.AFTER_TASK, after, told, entered);
    } catch (HookException e) {
      MapValue result = attempt.status.bad() ? MapValue.empty() : attempt.result;
      return e.skips() ? attempt : worse(attempt, ended(e, result));
    } catch (DiagnosticException e) {
      return worse(attempt, Attempt.failed(e, false));
    }
    return attempt;
  }

  /** What failed is not hidden by what failed after it. */
  private static Attempt worse(Attempt attempt, Attempt after) {
    if (!attempt.status.bad()) {
      return after;
    }
    attempt.message += "\n" + after.message;
    List<Diagnostic> errors = new ArrayList<>(attempt.errors);
    errors.addAll(after.errors);
    attempt.errors = errors;
    return attempt;
  }

  private void call(Moment moment, HookCall call, Object argument, Entered entered)
      throws InterruptedException {
    play.run().hooks().call(moment, play, frame, call, argument, entered);
  }

  private static Attempt ended(HookException e, MapValue result) {
    if (e.skips()) {
      result.put("changed", BoolValue.FALSE).put("skipped", BoolValue.TRUE);
      result.put("skip_reason", new StrValue(RunHooks.reason(e).orElse("a hook says so")));
      return Attempt.of(Status.SKIPPED, RunHooks.reason(e).orElse(""), result);
    }
    result.put("failed", BoolValue.TRUE);
    if (!result.has("changed")) {
      result.put("changed", BoolValue.FALSE);
    }
    result.put("msg", new StrValue(e.getMessage()));
    String where =
        e.position().map(p -> "\n(" + p.source().name() + ":" + p.line() + ")").orElse("");
    return Attempt.of(Status.FAILED, e.getMessage() + where, result);
  }
}
