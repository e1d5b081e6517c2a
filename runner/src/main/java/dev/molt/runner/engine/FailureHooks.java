package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.Moment;
import dev.molt.dsl.hook.Plain;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.InternalKeys;
import java.util.Map;

/** The hooks for hosts that have failed or cannot be reached, whatever it was that failed. */
final class FailureHooks {
  private FailureHooks() {}

  /** Calls them; what goes wrong in them is told and changes nothing. */
  static void tell(PlayContext play, Frame frame, TaskInfo info, HostRun host, HostResult result) {
    if (!RunHooks.any(frame)) {
      return;
    }
    boolean failed = result.status() == Status.FAILED;
    HookCall call =
        HookCall.atTask(play, frame, info, host)
            .hiding(BoolValue.TRUE.equals(result.result().get(InternalKeys.NO_LOG)));
    Object argument = host.name();
    if (failed) {
      Map<String, Object> told = Plain.map(InternalKeys.strip(result.result()));
      told.put("host", host.name());
      argument = told;
    }
    try {
      play.run()
          .hooks()
          .call(failed ? Moment.ON_FAILURE : Moment.ON_UNREACHABLE, play, frame, call, argument);
    } catch (HookException e) {
      if (!e.skips()) {
        call.warn(RunHooks.veto(e));
      }
    } catch (DiagnosticException e) {
      call.warn(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
