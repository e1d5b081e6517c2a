package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.HostPattern;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostic.Severity;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.engine.HostRun.State;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import dev.molt.runner.remote.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final PlayVariables files;

  private PlaybookRunner(RunContext run) {
    this.run = run;
    this.files = new PlayVariables(run);
  }

  /** The actions that a playbook may name, for its loader. */
  public static Set<String> actions(Registry registry) {
    Set<String> names = new TreeSet<>(registry.names());
    names.addAll(PlaybookCheck.ENGINE_ACTIONS);
    names.add("import_tasks");
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
   * @throws DiagnosticException for what is wrong before any host was contacted: nothing has been
   *     changed anywhere
   */
  public static Outcome run(
      Playbook playbook,
      Inventory inventory,
      PlaybookLoader loader,
      Registry registry,
      Templar templar,
      Secrets secrets,
      EventBus events,
      Supplier<Transport> ssh,
      Supplier<Transport> local,
      RunOptions options) {
    OptionBinder binder = new OptionBinder(templar, secrets);
    new PlaybookCheck(registry, binder, templar).check(playbook);
    ExecutorService workers =
        Executors.newFixedThreadPool(
            options.forks(),
            r -> {
              Thread thread = new Thread(r, "host");
              thread.setDaemon(true);
              return thread;
            });
    try (Connections connections = new Connections(ssh, local)) {
      RunContext run =
          new RunContext(
              inventory,
              registry,
              loader,
              templar,
              secrets,
              events,
              connections,
              workers,
              options,
              Map.of(),
              binder,
              new AtomicInteger());
      return new PlaybookRunner(run).run(playbook);
    } finally {
      workers.shutdownNow();
    }
  }

  private Outcome run(Playbook playbook) {
    List<List<String>> selected = select(playbook);
    Instant start = Instant.now();
    run.events()
        .publish(new RunEvent.RunStarted(start, playbook.file().toString(), run.options().check()));
    boolean interrupted = false;
    try {
      for (int i = 0; i < playbook.plays().size(); i++) {
        if (!play(playbook.plays().get(i), selected.get(i))) {
          playbook.plays().subList(i + 1, playbook.plays().size()).forEach(this::leftOut);
          break;
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    // Hosts that tasks were only delegated to are in no play, and have nothing to count.
    Set<String> inPlays = new LinkedHashSet<>();
    selected.forEach(inPlays::addAll);
    List<HostSummary> summaries = inPlays.stream().map(n -> run.host(n).summary()).toList();
    run.events()
        .publish(
            new RunEvent.RunFinished(
                Instant.now(), Duration.between(start, Instant.now()), summaries, interrupted));
    run.events().flush();
    if (interrupted) {
      return Outcome.INTERRUPTED;
    } else if (summaries.stream().anyMatch(s -> s.unreachable() > 0)) {
      return Outcome.HOSTS_UNREACHABLE;
    }
    return summaries.stream().anyMatch(s -> s.failed() > 0) ? Outcome.HOSTS_FAILED : Outcome.OK;
  }

  private RunEvent.PlayInfo info(String name) {
    return new RunEvent.PlayInfo(name, "linear", run.options().check());
  }

  private void leftOut(Play play) {
    run.events()
        .publish(
            new RunEvent.PlaySkipped(
                Instant.now(), info(files.playName(play)), RunEvent.Omission.RUN_OVER));
  }

  /** The hosts of every play, before the first one runs: a pattern with a mistake stops the run. */
  private List<List<String>> select(Playbook playbook) {
    Set<String> limit = null;
    if (run.options().limit().isPresent()) {
      HostPattern pattern = HostPattern.limit(run.options().limit().get(), Path.of(""));
      limit = new LinkedHashSet<>(names(pattern));
    }
    List<List<String>> selected = new ArrayList<>();
    for (Play play : playbook.plays()) {
      Node node = play.keywords().get("hosts").orElseThrow();
      Value value = run.templar().resolve(node, files.withoutHost(play));
      String pattern =
          value instanceof ListValue list
              ? String.join(",", list.items().stream().map(Python::str).toList())
              : Python.str(value);
      List<String> hosts;
      try {
        hosts = new ArrayList<>(names(HostPattern.parse(pattern)));
      } catch (DiagnosticException e) {
        Diagnostic first = e.diagnostics().get(0);
        throw Diagnostic.error(node.position(), first.message())
            .withHint(first.hint())
            .asException();
      }
      if (limit != null) {
        hosts.retainAll(limit);
      }
      // A mistake in serial is found before the first host is touched.
      Batches.of(play, hosts, run.templar(), files.withoutHost(play));
      selected.add(hosts);
    }
    if (selected.stream().allMatch(List::isEmpty)
        && run.options().settings().get(RunSettings.NO_HOSTS).equals("error")) {
      throw Diagnostic.error("no host is selected, so there is nothing to run on")
          .withHint("look at the play's hosts, the inventory and --limit")
          .asException();
    }
    return selected;
  }

  private List<String> names(HostPattern pattern) {
    Settings settings = run.options().settings();
    String mismatch = settings.get(InventorySettings.HOST_PATTERN_MISMATCH);
    Diagnostics problems = new Diagnostics();
    List<Host> hosts =
        mismatch.equals("error") && settings.get(RunSettings.NO_HOSTS).equals("error")
            ? pattern.select(run.inventory())
            : pattern.select(run.inventory(), problems);
    if (mismatch.equals("error")) {
      problems.throwIfErrors();
    } else if (mismatch.equals("warning")) {
      problems.all().stream()
          .map(
              p -> new Diagnostic(Severity.WARNING, p.message(), p.position(), p.hint(), p.notes()))
          .forEach(p -> run.events().publish(new RunEvent.Warning(Instant.now(), p)));
    }
    return hosts.stream().map(Host::name).toList();
  }

  /** False if the run is over: no host is left. */
  private boolean play(Play play, List<String> names) throws InterruptedException {
    String name = files.playName(play);
    List<HostRun> hosts =
        names.stream()
            .map(run::host)
            .filter(h -> h.state() != State.FAILED && h.state() != State.UNREACHABLE)
            .toList();
    if (hosts.isEmpty()) {
      RunEvent.Omission why =
          names.isEmpty() ? RunEvent.Omission.NO_HOSTS : RunEvent.Omission.HOSTS_FAILED;
      run.events().publish(new RunEvent.PlaySkipped(Instant.now(), info(name), why));
      return true;
    }
    hosts.forEach(HostRun::recover);
    VarsFiles vars = new VarsFiles(play, run.templar());
    List<List<HostRun>> batches = Batches.of(play, hosts, run.templar(), files.withoutHost(play));
    for (int i = 0; i < batches.size(); i++) {
      List<HostRun> batch = batches.get(i);
      run.events()
          .publish(
              new RunEvent.PlayStarted(
                  Instant.now(),
                  info(name),
                  batch.stream().map(HostRun::name).toList(),
                  i + 1,
                  batches.size()));
      PlayRunner.End end = batch(new PlayContext(run, play, name, hosts, batch, vars));
      List<String> left =
          batches.subList(i + 1, batches.size()).stream()
              .flatMap(List::stream)
              .map(HostRun::name)
              .toList();
      if (end == PlayRunner.End.RUN_OVER) {
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
            run, "vars_files", "vars_files", context.play().position(), List.of(host), e);
      }
    }
    return new PlayRunner(context).run();
  }

  /** What can be known of a play before its hosts are. */
  private record PlayVariables(RunContext run) {
    Variables withoutHost(Play play) {
      List<Layer> layers = new ArrayList<>(run.options().extraVars());
      play.keywords()
          .get("vars")
          .filter(dev.molt.dsl.yaml.MappingNode.class::isInstance)
          .ifPresent(
              v -> layers.add(Layer.ofNodes("play vars", (dev.molt.dsl.yaml.MappingNode) v)));
      return new Variables(run.templar(), layers);
    }

    String playName(Play play) {
      Node node = play.keywords().get("name").orElse(play.keywords().get("hosts").orElseThrow());
      try {
        return Python.str(run.templar().resolve(node, withoutHost(play)));
      } catch (DiagnosticException e) {
        return node instanceof ScalarNode scalar ? scalar.text() : "play";
      }
    }
  }
}
