package dev.molt.runner.engine;

import dev.molt.dsl.hook.Printed;
import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.vars.Templar;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import dev.molt.runner.remote.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Runs a playbook from the first play to the last. One instance, one run. */
public final class PlaybookRunner {
  /** How a run ended, with Ansible's exit statuses. */
  public enum Outcome {
    OK(0),
    HOSTS_FAILED(2),
    HOSTS_UNREACHABLE(4),
    INTERRUPTED(130);

    private final int exitStatus;

    Outcome(int exitStatus) {
      this.exitStatus = exitStatus;
    }

    public int exitStatus() {
      return exitStatus;
    }
  }

  private final RunContext run;
  private final PlaySelection selection;

  private PlaybookRunner(RunContext run) {
    this.run = run;
    this.selection = new PlaySelection(run);
  }

  /** The actions that a playbook may name, for its loader. */
  public static Set<String> actions(Registry registry) {
    Set<String> names = new TreeSet<>(registry.names());
    names.addAll(PlaybookCheck.ENGINE_ACTIONS);
    names.addAll(List.of("import_tasks", "import_role"));
    return names;
  }

  /**
   * Checks the playbook, and does not run it.
   *
   * @throws DiagnosticException for what is wrong with it
   */
  public static void check(Playbook playbook, Registry registry, Templar templar, Secrets secrets) {
    new PlaybookCheck(registry, new OptionBinder(templar, secrets), templar).check(playbook);
  }

  /**
   * Checks the playbook, then runs it.
   *
   * @param hooks the playbook's
   * @throws DiagnosticException for what is wrong before any host was contacted: nothing has been
   *     changed anywhere
   */
  public static Outcome run(
      Playbook playbook,
      RunHooks hooks,
      RunTools tools,
      Supplier<Transport> ssh,
      Supplier<Transport> local,
      RunOptions options) {
    ExecutorService workers = Executors.newFixedThreadPool(options.forks(), WorkerThread::new);
    try (Connections connections = new Connections(ssh, local)) {
      return run(RunContext.of(tools, hooks, connections, workers, options), playbook);
    } finally {
      workers.shutdownNow();
    }
  }

  /** The same in a run that has its connections. */
  static Outcome run(RunContext run, Playbook playbook) {
    PlaybookCheck check = new PlaybookCheck(run.registry(), run.binder(), run.templar());
    check.check(playbook);
    undefinedNames(run, playbook);
    check.warnings().forEach(run::warn);
    if (run.options().flushCache()) {
      run.cache().flush(run.inventory().hosts().stream().map(Host::name));
    }
    return new PlaybookRunner(run).run(playbook, run.hooks().any());
  }

  /**
   * Looks for names that nothing defines, where the whole playbook is to run: of some of its tasks
   * it cannot be said that they are sure to.
   *
   * @throws DiagnosticException with all of them
   */
  private static void undefinedNames(RunContext run, Playbook playbook) {
    RunOptions options = run.options();
    boolean whole =
        options.tags().isAll() && options.startAtTask().isEmpty() && options.confirm().isEmpty();
    if (whole && options.settings().get(RunSettings.UNDEFINED_NAMES).equals("error")) {
      List<Diagnostic> missing =
          new StaticCheck(run.loader(), run.registry(), run.templar(), options.extraVars())
              .undefined(playbook, run.hooks(), run.inventory());
      if (!missing.isEmpty()) {
        throw new DiagnosticException(missing);
      }
    }
  }

  private Outcome run(Playbook playbook, boolean hooked) {
    selection.checkAll(playbook);
    PlayHooks hooks = new PlayHooks(run, selection);
    Instant start = Instant.now();
    run.events()
        .publish(new RunEvent.RunStarted(start, playbook.file().toString(), run.options().check()));
    boolean interrupted = false;
    Diagnostics wrong = new Diagnostics();
    boolean loaded = false;
    try {
      Optional<String> leftOut = Optional.empty();
      if (hooked) {
        hooks.connect(playbook);
        run.hooks().await(Said.in(run));
        loaded = true;
        leftOut = hooks.beforeRun(playbook);
      }
      if (leftOut.isPresent()) {
        leaveOut(playbook.plays(), RunEvent.Omission.HOOK, leftOut);
      } else {
        Printed.whileDoing(Said.in(run), () -> plays(playbook.plays()));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (DiagnosticException e) {
      // A mistake that shows in the middle of a run: what was done so far is told first.
      wrong.addAll(e);
    }
    if (loaded && !interrupted) {
      try {
        hooks.afterRun(playbook, outcome(wrong));
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (DiagnosticException e) {
        wrong.addAll(e);
      }
    }
    // Hosts that tasks were only delegated to are in no play, and have nothing to count.
    List<HostSummary> summaries =
        selection.inPlays().stream().map(n -> run.host(n).summary()).toList();
    run.events()
        .publish(
            new RunEvent.RunFinished(
                Instant.now(),
                Duration.between(start, Instant.now()),
                summaries,
                interrupted,
                EngineFailure.plain(wrong),
                run.stats().all()));
    run.events().flush();
    wrong.throwIfErrors();
    if (interrupted) {
      return Outcome.INTERRUPTED;
    } else if (summaries.stream().anyMatch(s -> s.unreachable() > 0)) {
      return Outcome.HOSTS_UNREACHABLE;
    }
    return summaries.stream().anyMatch(s -> s.failed() > 0) ? Outcome.HOSTS_FAILED : Outcome.OK;
  }

  private void plays(List<Play> plays) throws InterruptedException {
    for (int i = 0; i < plays.size(); i++) {
      if (!new PlayRun(run, selection).play(plays.get(i))) {
        leaveOut(plays.subList(i + 1, plays.size()), RunEvent.Omission.RUN_OVER, Optional.empty());
        break;
      }
    }
  }

  /** What hooks learn of a run that is over. */
  private Map<String, Object> outcome(Diagnostics wrong) {
    Map<String, Object> all = new LinkedHashMap<>();
    boolean failed = wrong.hasErrors();
    for (String name : selection.inPlays()) {
      HostSummary summary = run.host(name).summary();
      failed |= summary.failed() + summary.unreachable() > 0;
      Map<String, Object> counts = new LinkedHashMap<>();
      counts.put("ok", summary.ok());
      counts.put("changed", summary.changed());
      counts.put("failed", summary.failed());
      counts.put("unreachable", summary.unreachable());
      counts.put("skipped", summary.skipped());
      counts.put("rescued", summary.rescued());
      all.put(name, counts);
    }
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("ok", !failed);
    outcome.put("error", EngineFailure.plain(wrong).orElse(null));
    outcome.put("hosts", all);
    return outcome;
  }

  private void leaveOut(List<Play> plays, RunEvent.Omission why, Optional<String> reason) {
    for (Play play : plays) {
      run.events()
          .publish(
              new RunEvent.PlaySkipped(
                  Instant.now(), selection.info(play), why, reason.filter(r -> !r.isEmpty())));
    }
  }

  static Diagnostic nobody() {
    return Diagnostic.error("no host is selected, so there is nothing to run on")
        .withHint("look at the play's hosts, the inventory and --limit");
  }
}
