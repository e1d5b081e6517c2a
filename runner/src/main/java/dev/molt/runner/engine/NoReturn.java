package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.Moment;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.time.Instant;
import java.util.List;

/** Tells, and asks the hooks, before the first task of a run that cannot be undone. */
record NoReturn(PlayContext play) {
  static final String KEYWORD = "point_of_no_return";

  /** Whether the task may be run; where a hook has a veto, its hosts have failed. */
  boolean allows(Task task, Frame frame, TaskInfo info, List<HostRun> hosts)
      throws InterruptedException {
    if (!task.keywords().has(KEYWORD) || play.run().options().check()) {
      return true;
    }
    TaskKeywords keywords = new TaskKeywords(play.run(), frame);
    List<HostRun> doing = hosts.stream().filter(h -> does(h, frame, keywords)).toList();
    if (doing.isEmpty() || !play.run().passed().compareAndSet(false, true)) {
      return true;
    }
    try {
      HookCall call = HookCall.atTask(play, frame, info);
      play.run().hooks().call(Moment.ON_POINT_OF_NO_RETURN, play, frame, call, null);
    } catch (HookException e) {
      return vetoed(frame, info, hosts, RunHooks.veto(e));
    } catch (DiagnosticException e) {
      return vetoed(frame, info, hosts, e);
    }
    play.run()
        .events()
        .publish(
            new RunEvent.PointOfNoReturn(
                Instant.now(), info, doing.stream().map(HostRun::name).toList()));
    return true;
  }

  private boolean does(HostRun host, Frame frame, TaskKeywords keywords) {
    try {
      Variables variables = play.variables(host, frame);
      return keywords.flagOr(KEYWORD, variables, false) && keywords.conditionsHold(variables);
    } catch (DiagnosticException e) {
      // Such as a condition on an item of a loop: it may be done.
      return true;
    }
  }

  private boolean vetoed(
      Frame frame, TaskInfo info, List<HostRun> hosts, DiagnosticException veto) {
    play.run().passed().set(false);
    EngineFailure.fail(play, frame, info, hosts, veto);
    return false;
  }
}
