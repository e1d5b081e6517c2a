package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.engine.HostRun.Failure;
import dev.molt.runner.engine.HostRun.State;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Runs one task on all hosts at once, and takes note of what came of it. */
final class TaskRunner {
  /** Killing a script on a host takes up to two signals and a round trip each. */
  private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(6);

  private final PlayContext play;
  private final RunContext run;
  private final Handlers handlers;
  private final IncludedTasks included;
  private final MetaTasks meta;
  private final PlayRunner runner;

  TaskRunner(PlayContext play, PlayRunner runner, Handlers handlers) {
    this.play = play;
    this.run = play.run();
    this.handlers = handlers;
    this.runner = runner;
    this.included = new IncludedTasks(play, runner, this);
    this.meta = new MetaTasks(play, handlers, this, runner);
  }

  /** Gives the hosts that are still in. */
  List<HostRun> run(Task task, Frame frame, List<HostRun> hosts) throws InterruptedException {
    if (!run.options().tags().runs(frame.tags())) {
      return hosts;
    }
    return dispatch(task, frame, hosts, false);
  }

  void runHandler(Task task, Frame frame, List<HostRun> hosts) throws InterruptedException {
    dispatch(task, frame, hosts, true);
  }

  private List<HostRun> dispatch(Task task, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    String action = Registry.plainName(task.action().text());
    if (action.equals("meta")) {
      return meta.run(task, frame, hosts);
    } else if (action.equals("include_tasks")) {
      return included.run(task, frame, hosts);
    }
    return onHosts(task, frame, hosts, handler);
  }

  private List<HostRun> onHosts(Task task, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    TaskKeywords keywords = new TaskKeywords(run.templar(), frame);
    Variables first = play.variables(hosts.get(0), frame);
    boolean once;
    int throttle;
    try {
      once = keywords.flagOr("run_once", first, false);
      throttle = keywords.wholeOr("throttle", first, 0);
    } catch (DiagnosticException e) {
      TaskInfo failed =
          EngineFailure.fail(run, task.label(), name(task), task.position(), hosts, e);
      stopWhereFatal(failed, keywords, hosts);
      return List.of();
    }
    List<HostRun> workers = once ? hosts.subList(0, 1) : hosts;
    Spec<?> spec = run.registry().find(task.action().text()).orElseThrow().spec();
    workers.forEach(h -> run.binder().learnSecrets(spec, task, play.variables(h, frame)));
    TaskInfo info = info(task, frame, workers.get(0), handler);
    Instant start = Instant.now();
    run.events()
        .publish(
            new RunEvent.TaskStarted(start, info, workers.stream().map(HostRun::name).toList()));
    Map<HostRun, Done> results = new LinkedHashMap<>();
    InterruptedException interrupt = null;
    try {
      inParallel(task, frame, info, workers, throttle, results);
    } catch (InterruptedException e) {
      interrupt = e;
    }
    for (Map.Entry<HostRun, Done> entry : results.entrySet()) {
      HostRun host = entry.getKey();
      take(frame, info, host, entry.getValue(), once ? hosts : List.of(host));
    }
    if (interrupt != null) {
      throw interrupt;
    }
    run.events()
        .publish(
            new RunEvent.TaskFinished(Instant.now(), info, Duration.between(start, Instant.now())));
    stopWhereFatal(info, keywords, hosts);
    return hosts.stream().filter(HostRun::active).toList();
  }

  private TaskInfo info(Task task, Frame frame, HostRun first, boolean handler) {
    String name = task.label();
    Optional<dev.molt.dsl.yaml.Node> node = task.keywords().get("name");
    if (node.isPresent() && node.get() instanceof ScalarNode scalar && !scalar.isNull()) {
      try {
        name = Python.str(run.templar().resolve(scalar, play.variables(first, frame)));
      } catch (DiagnosticException e) {
        name = scalar.text();
      }
    }
    return new TaskInfo(
        run.taskIds().incrementAndGet(),
        name,
        name(task),
        task.position().source().name() + ":" + task.position().line(),
        handler);
  }

  private static String name(Task task) {
    return Registry.plainName(task.action().text());
  }

  /** Fills in the results as far as there are any; an interrupt ends what is under way. */
  private void inParallel(
      Task task,
      Frame frame,
      TaskInfo info,
      List<HostRun> hosts,
      int throttle,
      Map<HostRun, Done> results)
      throws InterruptedException {
    Semaphore turns = new Semaphore(throttle > 0 ? throttle : Integer.MAX_VALUE);
    Map<HostRun, Future<Done>> futures = new LinkedHashMap<>();
    for (HostRun host : hosts) {
      futures.put(
          host,
          run.workers()
              .submit(
                  () -> {
                    turns.acquire();
                    try {
                      return new TaskLoop(play, task, frame, info, host).run();
                    } finally {
                      turns.release();
                    }
                  }));
    }
    try {
      for (Map.Entry<HostRun, Future<Done>> entry : futures.entrySet()) {
        results.put(entry.getKey(), outcome(entry.getKey(), entry.getValue()));
      }
    } catch (InterruptedException e) {
      run.workers().shutdownNow();
      lastResults(futures, results);
      throw e;
    }
  }

  /** What hosts did before or while the interrupt came belongs into the report. */
  private void lastResults(Map<HostRun, Future<Done>> futures, Map<HostRun, Done> results)
      throws InterruptedException {
    run.workers().awaitTermination(INTERRUPT_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    for (Map.Entry<HostRun, Future<Done>> entry : futures.entrySet()) {
      if (!results.containsKey(entry.getKey()) && entry.getValue().isDone()) {
        try {
          results.put(entry.getKey(), outcome(entry.getKey(), entry.getValue()));
        } catch (InterruptedException cutOff) {
          // This host's task was; the report names it as begun.
        }
      }
    }
  }

  private static Done outcome(HostRun host, Future<Done> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("a task was interrupted");
      }
      return broken(host, e.getCause());
    }
  }

  /** A mistake of ours must not hide what happened on other hosts. */
  private static Done broken(HostRun host, Throwable cause) {
    if (cause instanceof DiagnosticException wrong) {
      return new Done(EngineFailure.result(host, wrong), false);
    }
    StackTraceElement[] trace = cause.getStackTrace();
    String message =
        "internal error: "
            + cause
            + (trace.length > 0 ? " at " + trace[0] : "")
            + "; please report it";
    MapValue result = MapValue.empty();
    result.put("failed", BoolValue.TRUE).put("changed", BoolValue.FALSE);
    result.put("msg", new StrValue(message));
    HostResult failed =
        new HostResult(
            host.name(),
            Optional.empty(),
            Optional.empty(),
            Status.FAILED,
            message,
            result,
            List.of(),
            List.of(),
            Duration.ZERO);
    return new Done(failed, false);
  }

  /** Registers, counts, notifies; a run_once task does so for every host that it stands for. */
  private void take(
      Frame frame, TaskInfo info, HostRun worker, Done done, List<HostRun> standsFor) {
    HostResult judged = judged(frame, worker, done.result());
    complete(judged);
    for (HostRun host : standsFor) {
      facts(judged).forEach(host.facts()::put);
      host.facts().putAll(done.unknownFacts());
      register(frame, host, judged);
    }
    if (judged.status() == Status.CHANGED && frame.keywords().has("notify")) {
      judged = notified(frame, standsFor, judged);
    }
    worker.count(judged.status());
    if (judged.status().bad()) {
      Failure failure = new Failure(info.name(), info.module(), judged.result());
      State state = judged.status() == Status.FAILED ? State.FAILED : State.UNREACHABLE;
      worker.fail(state, failure);
      for (HostRun host : standsFor) {
        if (host.active()) {
          host.stop(failure);
        }
      }
    }
    run.events().publish(new RunEvent.HostFinished(Instant.now(), info, done.with(judged).shown()));
  }

  private HostResult notified(Frame frame, List<HostRun> hosts, HostResult result) {
    try {
      for (HostRun host : hosts) {
        handlers.notify(
            frame.keywords().get("notify").orElseThrow(), host, play.variables(host, frame));
      }
      return result;
    } catch (DiagnosticException e) {
      result.result().put("failed", BoolValue.TRUE).put("msg", new StrValue(e.getMessage()));
      return result.with(Status.FAILED, EngineFailure.message(e)).withErrors(e.diagnostics());
    }
  }

  private HostResult judged(Frame frame, HostRun host, HostResult result) {
    if (!result.status().bad()) {
      return result;
    }
    Variables variables = play.variables(host, frame);
    TaskKeywords keywords = new TaskKeywords(run.templar(), frame);
    String ignore = result.status() == Status.FAILED ? "ignore_errors" : "ignore_unreachable";
    try {
      return keywords.flagOr(ignore, variables, false)
          ? result.with(Status.IGNORED, result.message())
          : result;
    } catch (DiagnosticException e) {
      return result
          .with(result.status(), result.message() + "\n" + EngineFailure.message(e))
          .withErrors(e.diagnostics());
    }
  }

  /** Fills in the keys that every registered variable has. */
  private static void complete(HostResult result) {
    MapValue keys = result.result();
    if (!keys.has("changed")) {
      keys.put("changed", BoolValue.FALSE);
    }
    if (!keys.has("failed")) {
      keys.put("failed", BoolValue.of(result.status() == Status.FAILED));
    }
  }

  private static Map<String, Value> facts(HostResult result) {
    Map<String, Value> facts = new LinkedHashMap<>();
    if (result.result().get("results") instanceof dev.molt.dsl.value.ListValue list) {
      for (Value item : list.items()) {
        if (item instanceof MapValue map && map.get("ansible_facts") instanceof MapValue given) {
          given.entries().forEach((k, v) -> facts.put(Python.str(k), v));
        }
      }
    }
    if (result.result().get("ansible_facts") instanceof MapValue given) {
      given.entries().forEach((k, v) -> facts.put(Python.str(k), v));
    }
    return facts;
  }

  private void register(Frame frame, HostRun host, HostResult result) {
    frame
        .keywords()
        .get("register")
        .ifPresent(
            n ->
                host.facts()
                    .put(
                        Python.str(run.templar().resolve(n, play.variables(host, frame))),
                        result.result()));
  }

  /** Where one host failed, takes the others out if {@code any_errors_fatal} or a limit says so. */
  void stopWhereFatal(TaskInfo info, TaskKeywords keywords, List<HostRun> hosts) {
    List<String> bad =
        hosts.stream()
            .filter(h -> h.state() == State.FAILED || h.state() == State.UNREACHABLE)
            .map(HostRun::name)
            .toList();
    if (bad.isEmpty()) {
      return;
    }
    String reason = "stopped, because " + String.join(", ", bad) + " failed";
    boolean fatal;
    try {
      Variables variables = play.variables(hosts.get(0), keywords.frame());
      fatal = keywords.flagOr("any_errors_fatal", variables, false);
      if (!fatal && keywords.frame().find("max_fail_percentage").isPresent()) {
        double limit = keywords.decimalOr("max_fail_percentage", variables, 100);
        fatal = failedPercentage() > limit;
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
      runner.stopAll(batch, new Failure(info.name(), info.module(), result));
      if (!stopped.isEmpty()) {
        run.events().publish(new RunEvent.PlayStopped(Instant.now(), reason, stopped));
      }
    }
  }

  private double failedPercentage() {
    long out =
        play.batch().stream()
            .filter(h -> h.state() == State.FAILED || h.state() == State.UNREACHABLE)
            .count();
    return out * 100.0 / play.batch().size();
  }
}
