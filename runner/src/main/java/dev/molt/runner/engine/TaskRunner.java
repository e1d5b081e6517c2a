package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.engine.HostRun.Failure;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs one task on its hosts, all at once, and takes note of what came of it. */
final class TaskRunner {
  private final PlayContext play;
  private final RunContext run;
  private final Includes includes;
  private final MetaTasks meta;
  private final PlayRunner runner;
  private final TaskResults results;
  private final TaskInfos infos;

  TaskRunner(PlayContext play, PlayRunner runner, Handlers handlers) {
    this.play = play;
    this.run = play.run();
    this.runner = runner;
    this.results = new TaskResults(play, handlers);
    this.infos = new TaskInfos(play);
    this.includes = new Includes(play, runner, this, handlers);
    this.meta = new MetaTasks(play, handlers, this, runner);
  }

  /** Gives the hosts that are still in. */
  List<HostRun> run(Task task, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    boolean leftOut =
        // What was notified runs, whatever its tags.
        !handler
            && (run.startAt().leavesOut(task, frame) || !run.options().tags().runs(tags(frame)));
    if (leftOut) {
      return hosts;
    }
    return confirmed(task, frame, hosts) ? dispatch(task, frame, hosts, handler) : hosts;
  }

  /** With {@code --step} the operator says of each task whether it is to run. */
  private boolean confirmed(Task task, Frame frame, List<HostRun> hosts)
      throws InterruptedException {
    Optional<RunOptions.Confirm> confirm = run.options().confirm();
    if (confirm.isEmpty() || name(task).equals("meta")) {
      return true;
    }
    run.events().flush();
    return confirm.get().ask(infos.of(task, frame, hosts.get(0), false).title())
        != RunOptions.Confirm.Answer.NO;
  }

  void runHandler(Task task, Frame frame, List<HostRun> hosts) throws InterruptedException {
    dispatch(task, frame, hosts, true);
  }

  /** The task's tags; those that are templates see what can be known without a host. */
  private Set<String> tags(Frame frame) {
    Set<String> tags = new LinkedHashSet<>();
    for (Node node : frame.tagNodes()) {
      if (node instanceof ScalarNode scalar && scalar.text().contains("{{")) {
        try {
          Handlers.texts(run.templar().resolve(node, play.withoutHost(frame)))
              .forEach(t -> Frame.addTags(t, tags));
        } catch (DiagnosticException e) {
          tags.add(scalar.text());
        }
      } else if (node instanceof ScalarNode scalar) {
        Frame.addTags(scalar.text(), tags);
      }
    }
    return tags;
  }

  private List<HostRun> dispatch(Task task, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    String action = Registry.plainName(task.action().text());
    if (action.equals("meta")) {
      return meta.run(task, frame, hosts, handler);
    } else if (action.equals("include_tasks") || action.equals("include_role")) {
      return includes.run(task, frame, hosts, handler);
    }
    return onHosts(task, frame, hosts, handler);
  }

  private List<HostRun> onHosts(Task task, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    TaskKeywords keywords = new TaskKeywords(run, frame);
    Variables first = play.variables(hosts.get(0), frame);
    boolean once;
    int throttle;
    Optional<Module<?>> module;
    try {
      module = run.registry().find(action(task, first));
      once =
          keywords.flagOr("run_once", first, false)
              || (module.isPresent() && module.get() instanceof EngineAction<?> a && a.once());
      throttle = keywords.wholeOr("throttle", first, 0);
    } catch (DiagnosticException e) {
      TaskInfo failed =
          EngineFailure.fail(play, frame, task.label(), name(task), task.position(), hosts, e);
      stopWhereFatal(failed, keywords, hosts);
      return List.of();
    }
    once &= Strategy.of(play) == Strategy.LINEAR;
    List<HostRun> workers = once ? hosts.subList(0, 1) : hosts;
    module.ifPresent(
        m ->
            workers.forEach(
                h -> run.binder().learnSecrets(m.spec(), task, play.variables(h, frame))));
    Instant start = Instant.now();
    TaskInfo info = begin(task, frame, workers, handler);
    Map<HostRun, Done> done = new LinkedHashMap<>();
    InterruptedException interrupt = null;
    if (!new NoReturn(play).allows(task, frame, info, workers)) {
      end(info, start);
      stopWhereFatal(info, keywords, hosts);
      return hosts.stream().filter(HostRun::active).toList();
    }
    try {
      new Workers(run)
          .inParallel(workers, throttle, h -> new TaskLoop(play, task, frame, info, h).run(), done);
    } catch (InterruptedException e) {
      interrupt = e;
    }
    for (Map.Entry<HostRun, Done> entry : done.entrySet()) {
      HostRun host = entry.getKey();
      take(task, frame, info, host, entry.getValue(), once ? hosts : List.of(host));
    }
    if (interrupt != null) {
      throw interrupt;
    }
    end(info, start);
    stopWhereFatal(info, keywords, hosts);
    return hosts.stream().filter(HostRun::active).toList();
  }

  /** The module's name, without its collection; what {@code action} names may be a template. */
  private String action(Task task, Variables variables) {
    return task.action().text().contains("{{")
        ? Registry.plainName(Python.str(run.templar().resolve(task.action(), variables)))
        : Registry.plainName(task.action().text());
  }

  List<HostRun> onceOrAll(Frame frame, List<HostRun> hosts) {
    TaskKeywords keywords = new TaskKeywords(run, frame);
    try {
      boolean once =
          Strategy.of(play) == Strategy.LINEAR
              && keywords.flagOr("run_once", play.variables(hosts.get(0), frame), false);
      return once ? hosts.subList(0, 1) : hosts;
    } catch (DiagnosticException e) {
      return hosts;
    }
  }

  /** Tells that the task begins on these hosts. */
  TaskInfo begin(Task task, Frame frame, List<HostRun> hosts, boolean handler) {
    TaskInfo info = infos.of(task, frame, hosts.get(0), handler);
    run.events()
        .publish(
            new RunEvent.TaskStarted(
                Instant.now(), info, hosts.stream().map(HostRun::name).toList()));
    return info;
  }

  void end(TaskInfo info, Instant start) {
    Duration took = Duration.between(start, Instant.now());
    run.events().publish(new RunEvent.TaskFinished(Instant.now(), info, took));
  }

  private static String name(Task task) {
    return Registry.plainName(task.action().text());
  }

  /** See {@link TaskResults#take}. */
  void take(
      Task task, Frame frame, TaskInfo info, HostRun worker, Done done, List<HostRun> standsFor) {
    results.take(task, frame, info, worker, done, standsFor);
  }

  /** Where one host failed, takes the others out if {@code any_errors_fatal} or a limit says so. */
  void stopWhereFatal(TaskInfo info, TaskKeywords keywords, List<HostRun> hosts) {
    List<String> bad = hosts.stream().filter(HostRun::out).map(HostRun::name).toList();
    if (bad.isEmpty()) {
      return;
    }
    String reason = "stopped, because " + String.join(", ", bad) + " failed";
    boolean fatal;
    boolean limited = false;
    try {
      Variables variables = play.variables(hosts.get(0), keywords.frame());
      fatal =
          keywords.flagOr(
              "any_errors_fatal",
              variables,
              run.options().settings().get(RunSettings.ANY_ERRORS_FATAL));
      if (!fatal && keywords.frame().find("max_fail_percentage").isPresent()) {
        double limit = keywords.decimalOr("max_fail_percentage", variables, 100);
        fatal = failedPercentage() > limit;
        limited = fatal;
        String text = Double.toString(limit).replaceFirst("\\.0$", "");
        reason += " (max_fail_percentage is " + text + ")";
      }
    } catch (DiagnosticException e) {
      // Whoever wrote it meant to stop in some cases; this may be one of them.
      fatal = true;
      reason += " and " + e.getMessage();
    }
    if (fatal) {
      // All hosts of the batch, also those that are not at this task: they are elsewhere in the
      // play.
      List<HostRun> batch = play.batch();
      List<String> stopped = batch.stream().filter(HostRun::active).map(HostRun::name).toList();
      MapValue result = MapValue.empty().put("msg", new StrValue(reason));
      runner.stopAll(batch, new Failure(info, result));
      if (!stopped.isEmpty()) {
        run.events().publish(new RunEvent.PlayStopped(Instant.now(), reason, stopped));
      }
      if (limited) {
        run.events().publish(new RunEvent.NoHostsRemaining(Instant.now()));
      }
    }
  }

  private double failedPercentage() {
    long out = play.batch().stream().filter(HostRun::out).count();
    return out * 100.0 / play.batch().size();
  }
}
