package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookEnds;
import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.Moment;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.runner.event.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls the hooks that stand at plays: for the run, the play, its batches and its hosts. */
final class PlayHooks {
  private final RunContext run;
  private final PlaySelection selection;

  PlayHooks(RunContext run, PlaySelection selection) {
    this.run = run;
    this.selection = selection;
  }

  /** Whether a play has hooks. */
  static boolean any(Play play) {
    return play.keywords().has(RunHooks.KEYWORD);
  }

  /**
   * Connects to the hosts of the first play while hooks are being compiled. Who cannot be reached
   * is told when there is something to do.
   */
  void connect(Playbook playbook) {
    if (playbook.plays().isEmpty()) {
      return;
    }
    Play play = playbook.plays().get(0);
    List<HostRun> hosts = selection.hosts(play).stream().map(run::host).toList();
    if (hosts.isEmpty()) {
      return;
    }
    PlayContext context = context(play, hosts);
    for (HostRun host : hosts) {
      run.workers().execute(() -> Targets.reach(context, host));
    }
  }

  private PlayContext context(Play play, List<HostRun> hosts) {
    return PlayContext.of(run, play, selection.info(play).name(), hosts);
  }

  /**
   * Calls the hooks of all plays for a run that is to begin.
   *
   * @return why the run is left out, where one says so; it may be empty
   */
  Optional<String> beforeRun(Playbook playbook) throws InterruptedException {
    try {
      run(Moment.BEFORE_RUN, playbook.plays(), null);
      return Optional.empty();
    } catch (HookException e) {
      if (e.skips()) {
        return Optional.of(RunHooks.reason(e).orElse(""));
      }
      throw RunHooks.veto(e);
    }
  }

  /** Calls those for a run that is over, of the last play first: all of them. */
  void afterRun(Playbook playbook, Object argument) throws InterruptedException {
    List<Play> plays = new ArrayList<>(playbook.plays());
    Collections.reverse(plays);
    try {
      run(Moment.AFTER_RUN, plays, argument);
    } catch (HookException e) {
      if (!e.skips()) {
        throw RunHooks.veto(e);
      }
    }
  }

  private void run(Moment moment, List<Play> plays, Object argument) throws InterruptedException {
    HookEnds ends = new HookEnds(moment);
    for (Play play : plays) {
      if (any(play)) {
        List<HostRun> hosts = selection.hosts(play).stream().map(run::host).toList();
        PlayContext context = context(play, hosts);
        ends.of(() -> once(moment, context, argument));
      }
    }
    ends.settle();
  }

  /** Calls a hook that is for no host in particular. */
  private void once(Moment moment, PlayContext context, Object argument)
      throws InterruptedException {
    run.hooks().call(moment, context, context.frame(), HookCall.atPlay(context), argument);
  }

  /** The same before or after something. */
  void once(Moment moment, PlayContext context, Object argument, Entered entered)
      throws InterruptedException {
    HookCall call = HookCall.atPlay(context);
    run.hooks().call(moment, context, context.frame(), call, argument, entered);
  }

  /** Calls a hook on each of these hosts; a host whose hook fails is out, one that skips leaves. */
  static void each(Moment moment, PlayContext context, List<HostRun> hosts)
      throws InterruptedException {
    if (!any(context.play())) {
      return;
    }
    if (Thread.currentThread() instanceof WorkerThread) {
      for (HostRun host : hosts) {
        settle(moment, context, host, one(moment, context, host));
      }
      return;
    }
    Map<HostRun, Optional<RuntimeException>> ended = new LinkedHashMap<>();
    Map<HostRun, Done> done = new LinkedHashMap<>();
    new Workers(context.run())
        .inParallel(
            hosts,
            0,
            host -> {
              Optional<RuntimeException> problem = one(moment, context, host);
              synchronized (ended) {
                ended.put(host, problem);
              }
              return new Done(EngineFailure.nothing(host), false);
            },
            done);
    for (HostRun host : hosts) {
      settle(moment, context, host, ended.getOrDefault(host, Optional.empty()));
    }
  }

  private static Optional<RuntimeException> one(Moment moment, PlayContext context, HostRun host)
      throws InterruptedException {
    HookCall call = HookCall.atPlay(context, host);
    try {
      context.run().hooks().call(moment, context, context.frame(), call, host.outcome());
      return Optional.empty();
    } catch (HookException | DiagnosticException e) {
      return Optional.of(e);
    }
  }

  private static void settle(
      Moment moment, PlayContext context, HostRun host, Optional<RuntimeException> ended) {
    if (ended.isEmpty()) {
      return;
    }
    if (ended.get() instanceof HookException hook && hook.skips()) {
      if (host.active()) {
        host.end();
        skipped(context, hook, List.of(host));
      }
      return;
    }
    DiagnosticException wrong =
        ended.get() instanceof HookException hook
            ? RunHooks.veto(hook)
            : (DiagnosticException) ended.get();
    EngineFailure.fail(
        context,
        context.frame(),
        moment.word(),
        "hook",
        context.play().position(),
        List.of(host),
        wrong);
  }

  /** Tells that a hook leaves these hosts out. */
  static void skipped(PlayContext context, HookException hook, List<HostRun> hosts) {
    context
        .run()
        .events()
        .publish(
            new RunEvent.HostsSkipped(
                Instant.now(),
                RunHooks.reason(hook).orElse(""),
                hosts.stream().map(HostRun::name).toList()));
  }
}
