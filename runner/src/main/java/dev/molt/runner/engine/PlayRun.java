package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.Moment;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.PlayInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs one play, batch by batch. */
final class PlayRun {
  private final RunContext run;
  private final PlaySelection selection;

  PlayRun(RunContext run, PlaySelection selection) {
    this.run = run;
    this.selection = selection;
  }

  /** False if the run is over: no host is left. */
  boolean play(Play play) throws InterruptedException {
    PlayInfo info = selection.info(play);
    Map<String, Value> prompted = new PromptedVars(run, selection).ask(play);
    List<String> names = selection.hosts(play);
    List<HostRun> hosts = names.stream().map(run::host).filter(h -> !h.out()).toList();
    if (hosts.isEmpty()) {
      RunEvent.Omission why =
          names.isEmpty() ? RunEvent.Omission.NO_HOSTS : RunEvent.Omission.HOSTS_FAILED;
      run.events().publish(new RunEvent.PlaySkipped(Instant.now(), info, why));
      return true;
    }
    selection.inPlays().addAll(names);
    hosts.forEach(HostRun::beginPlay);
    List<HostRun> all = names.stream().map(run::host).toList();
    PlayContext whole = PlayContext.of(run, play, info.name(), all, hosts, prompted);
    return around(
        Moment.BEFORE_PLAY,
        Moment.AFTER_PLAY,
        whole,
        () -> batches(whole, info),
        skip -> {
          run.events()
              .publish(
                  new RunEvent.PlaySkipped(
                      Instant.now(), info, RunEvent.Omission.HOOK, RunHooks.reason(skip)));
          return true;
        });
  }

  /** What a play or a batch does. */
  private interface Work<T> {
    T done() throws InterruptedException;
  }

  /**
   * Does something between the hooks before it and those after it, which are called also where it
   * ends in a mistake.
   *
   * @param leftOut what comes instead, where a hook skips it
   */
  private <T> T around(
      Moment before,
      Moment after,
      PlayContext context,
      Work<T> work,
      Function<HookException, T> leftOut)
      throws InterruptedException {
    if (!PlayHooks.any(context.play())) {
      return work.done();
    }
    Entered entered = new Entered();
    Diagnostics wrong = new Diagnostics();
    T done = null;
    try {
      new PlayHooks(run, selection).once(before, context, outcome(context, wrong), entered);
      done = work.done();
    } catch (HookException e) {
      if (e.skips()) {
        done = leftOut.apply(e);
      } else {
        wrong.addAll(RunHooks.veto(e));
      }
    } catch (DiagnosticException e) {
      wrong.addAll(e);
    }
    try {
      new PlayHooks(run, selection).once(after, context, outcome(context, wrong), entered);
    } catch (HookException e) {
      if (!e.skips()) {
        wrong.addAll(RunHooks.veto(e));
      }
    } catch (DiagnosticException e) {
      wrong.addAll(e);
    }
    wrong.throwIfErrors();
    return done;
  }

  private static Map<String, Object> outcome(PlayContext context, Diagnostics wrong) {
    List<HostRun> hosts = context.batch();
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("ok", !wrong.hasErrors() && hosts.stream().noneMatch(HostRun::out));
    outcome.put("error", EngineFailure.plain(wrong).orElse(null));
    outcome.put("hosts", hosts.stream().map(HostRun::name).toList());
    outcome.put("failed", names(hosts, HostRun.State.FAILED));
    outcome.put("unreachable", names(hosts, HostRun.State.UNREACHABLE));
    return outcome;
  }

  private static List<String> names(List<HostRun> hosts, HostRun.State state) {
    return hosts.stream().filter(h -> h.state() == state).map(HostRun::name).toList();
  }

  private boolean batches(PlayContext whole, PlayInfo info) throws InterruptedException {
    Play play = whole.play();
    List<List<HostRun>> batches =
        Batches.of(play, whole.batch(), run.templar(), selection.withoutHost(play));
    for (int i = 0; i < batches.size(); i++) {
      List<HostRun> batch = batches.get(i);
      run.events()
          .publish(
              new RunEvent.PlayStarted(
                  Instant.now(),
                  info,
                  batch.stream().map(HostRun::name).toList(),
                  i + 1,
                  batches.size()));
      PlayContext context = whole.with(batch);
      PlayRunner.End end =
          around(
              Moment.BEFORE_BATCH,
              Moment.AFTER_BATCH,
              context,
              () -> batch(context),
              skip -> {
                PlayHooks.skipped(context, skip, batch);
                return PlayRunner.End.GO_ON;
              });
      if (end == PlayRunner.End.RUN_OVER) {
        List<String> left =
            batches.subList(i + 1, batches.size()).stream()
                .flatMap(List::stream)
                .map(HostRun::name)
                .toList();
        if (!left.isEmpty()) {
          run.events()
              .publish(new RunEvent.PlayStopped(Instant.now(), "the batch before failed", left));
        }
        return false;
      } else if (end == PlayRunner.End.PLAY_OVER) {
        break;
      }
    }
    return true;
  }

  private PlayRunner.End batch(PlayContext context) throws InterruptedException {
    for (HostRun host : context.batch()) {
      try {
        context.variables(host, context.frame());
      } catch (DiagnosticException e) {
        context.files().giveUp(host.name());
        EngineFailure.fail(
            context,
            context.frame(),
            "vars_files",
            "vars_files",
            context.play().position(),
            List.of(host),
            e);
      }
    }
    return new PlayRunner(context).run();
  }
}
