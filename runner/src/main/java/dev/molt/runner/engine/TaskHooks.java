package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.Moment;
import dev.molt.dsl.hook.Plain;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.InternalKeys;
import dev.molt.runner.remote.UnreachableException;
import java.util.Locale;
import java.util.Map;

/** The hooks before and after a task on a host. */
record TaskHooks(PlayContext play, Frame frame, TaskInfo info, HostRun host) {
  /** What the hooks stand around. */
  interface Work {
    Attempt with(Variables variables) throws UnreachableException, InterruptedException;
  }

  /** Does the work, if the hooks before it let it; those after it may make a failure of it. */
  Attempt around(Variables variables, Work work) throws UnreachableException, InterruptedException {
    if (!RunHooks.any(frame)) {
      return work.with(variables);
    }
    try {
      call(Moment.BEFORE_TASK, variables, false, null);
    } catch (HookException e) {
      return ended(e, MapValue.empty());
    }
    // What the hook has set holds for the task.
    Variables now = variables.fresh();
    Attempt attempt = work.with(now);
    try {
      Map<String, Object> told = Plain.map(InternalKeys.strip(attempt.result));
      told.put("host", host.name());
      told.put("status", attempt.status.name().toLowerCase(Locale.ROOT));
      boolean hides = BoolValue.TRUE.equals(attempt.result.get(InternalKeys.NO_LOG));
      call(Moment.AFTER_TASK, now, hides, told);
    } catch (HookException e) {
      return e.skips() ? attempt : ended(e, attempt.result);
    }
    return attempt;
  }

  private void call(Moment moment, Variables variables, boolean hides, Object argument)
      throws InterruptedException {
    HookCall call = HookCall.atTask(play, frame, info, host).seeing(variables).hiding(hides);
    play.run().hooks().call(moment, play, frame, call, argument);
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
