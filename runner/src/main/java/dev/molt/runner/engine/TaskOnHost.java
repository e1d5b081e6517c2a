package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does one task, or one item of its loop, on one host. Used by one thread. */
final class TaskOnHost {
  private final PlayContext play;
  private final Task task;
  private final Frame frame;
  private final RunEvent.TaskInfo info;
  private final HostRun host;
  private final TaskKeywords keywords;
  private Optional<String> attemptedDelegate = Optional.empty();
  private boolean binding;
  private boolean hooks = true;
  private boolean looks;

  TaskOnHost(PlayContext play, Task task, Frame frame, RunEvent.TaskInfo info, HostRun host) {
    this.play = play;
    this.task = task;
    this.frame = frame;
    this.info = info;
    this.host = host;
    this.keywords = new TaskKeywords(play.run(), frame);
  }

  /** Runs it; every failure of the host becomes a result. */
  Done run(Variables variables, Optional<String> item) throws InterruptedException {
    binding = false;
    Instant start = Instant.now();
    Attempt attempt = guarded(variables, item);
    boolean hidden = false;
    List<String> notify = List.of();
    try {
      hidden = keywords.hidden(variables);
      if (attempt.status != Status.SKIPPED && frame.find("notify").isPresent()) {
        notify =
            Handlers.texts(
                play.run().templar().resolve(frame.find("notify").orElseThrow(), variables));
      }
    } catch (DiagnosticException e) {
      if (attempt.status != Status.SKIPPED) {
        attempt = Attempt.failed(e, binding);
      }
    }
    HostResult result = result(attempt, item, start);
    Map<String, Value> unknown =
        attempt.status == Status.UNKNOWN ? unknownFacts(variables) : Map.of();
    return new Done(result, hidden, unknown, notify, attempt.changes);
  }

  private HostResult result(Attempt attempt, Optional<String> item, Instant start) {
    return new HostResult(
            host.name(),
            item,
            attempt.delegate,
            attempt.status,
            attempt.message,
            attempt.result,
            attempt.diffs,
            attempt.effects,
            Duration.between(start, Instant.now()))
        .withErrors(attempt.errors);
  }

  /** Facts that a check cannot know are not the ones from before, and not undefined either. */
  private Map<String, Value> unknownFacts(Variables variables) {
    return play.run()
        .registry()
        .find(action(variables))
        .filter(m -> m.spec().takesRest())
        .map(m -> play.run().binder().unknown(m.spec(), task, variables))
        .orElse(Map.of());
  }

  /** What {@code action} names may be a template. */
  private String action(Variables variables) {
    return task.action().text().contains("{{")
        ? Python.str(play.run().templar().resolve(task.action(), variables))
        : task.action().text();
  }

  private Module<?> module(Variables variables) {
    String name = action(variables);
    return play.run()
        .registry()
        .find(name)
        .orElseThrow(
            () ->
                Diagnostic.error(
                        task.action().position().withLength(task.action().text().length()),
                        "Molt has no module '" + name + "'")
                    .withHint("molt doc -l lists the modules that there are")
                    .asException());
  }

  private Attempt guarded(Variables variables, Optional<String> item) throws InterruptedException {
    return caught(
        () -> {
          Optional<Node> unmet = keywords.falseCondition(variables);
          return unmet.isPresent() ? Attempt.skipped(unmet.get()) : hooked(variables, item);
        });
  }

  /** What may end in any of the ways a task can. */
  private interface Work {
    Attempt done() throws UnreachableException, InterruptedException;
  }

  private Attempt caught(Work work) throws InterruptedException {
    try {
      return work.done();
    } catch (UndefinedException e) {
      return e.unknown() && play.run().options().check()
          ? Attempt.unknown(e.getMessage())
          : Attempt.failed(e, binding);
    } catch (LazyFacts.FactsException e) {
      return e.unreachable()
          ? Attempt.unreachable(EngineFailure.plain(e))
          : Attempt.failed(e, binding);
    } catch (DiagnosticException e) {
      return Attempt.failed(e, binding);
    } catch (UnreachableException e) {
      if (attemptedDelegate.isPresent()) {
        return Attempt.delegateUnreachable(attemptedDelegate.get(), e);
      }
      return Attempt.unreachable(e.getMessage());
    }
  }

  /** For what a hook asks for: its own hooks would call themselves. */
  TaskOnHost withoutHooks() {
    hooks = false;
    return this;
  }

  /** For what a hook looks at: that may always be looked at. */
  TaskOnHost looking() {
    looks = true;
    return this;
  }

  private Attempt hooked(Variables variables, Optional<String> item)
      throws UnreachableException, InterruptedException {
    return hooks
        ? new TaskHooks(play, frame, info, host)
            .around(variables, now -> caught(() -> repeated(now, item)))
        : repeated(variables, item);
  }

  private Attempt repeated(Variables variables, Optional<String> item)
      throws UnreachableException, InterruptedException {
    Optional<Node> until = frame.keywords().get("until");
    ModuleRun.Mode mode = mode(variables);
    if (until.isEmpty() && frame.keywords().get("retries").isEmpty()) {
      return judged(once(variables, mode), variables);
    }
    int retries = Math.max(0, keywords.wholeOr("retries", variables, 3));
    double delay = keywords.decimalOr("delay", variables, 5);
    for (int attempt = 1; ; attempt++) {
      Instant start = Instant.now();
      Attempt outcome = once(variables, mode);
      if (retries > 0) {
        // Early enough for changed_when and failed_when to read it.
        outcome.result.put("attempts", IntValue.of(attempt));
      }
      outcome = judged(outcome, variables);
      boolean settled = outcome.status == Status.UNKNOWN || outcome.status == Status.SKIPPED;
      boolean judge = until.isPresent() && retries > 0 && !settled;
      boolean done =
          judge
              ? keywords.holds("until", registered(outcome, variables))
              : settled || outcome.status != Status.FAILED;
      if (done || retries == 0) {
        return outcome;
      }
      if (attempt > retries) {
        // As Ansible counts them: the first try is none.
        outcome.result.put("attempts", IntValue.of(retries));
        outcome.result.put("failed", BoolValue.TRUE);
        if (outcome.result.has("failed_when_result") && outcome.status != Status.FAILED) {
          // As in Ansible, the task's own word on failure counts for more.
          return outcome;
        }
        outcome.status = Status.FAILED;
        outcome.message =
            ("gave up after " + attempt + " attempts" + (outcome.message.isEmpty() ? "" : ": "))
                + outcome.message;
        return outcome;
      }
      outcome.result.put("retries", IntValue.of(retries + 1));
      play.run()
          .events()
          .publish(
              new RunEvent.Retrying(
                  Instant.now(),
                  info,
                  new Done(result(outcome, item, start), keywords.hidden(variables)).shown(),
                  attempt,
                  retries + 1));
      Thread.sleep((long) ((delay < 0 ? 1 : delay) * 1000));
    }
  }

  /** Where nothing may be changed, {@code check_mode: false} does not count. */
  private ModuleRun.Mode mode(Variables variables) {
    ModuleRun.Mode mode = keywords.mode(play.run().options().check(), variables);
    return play.run().options().readOnly() && !looks && mode == ModuleRun.Mode.APPLY
        ? ModuleRun.Mode.FORETELL
        : mode;
  }

  private Attempt once(Variables variables, ModuleRun.Mode mode)
      throws UnreachableException, InterruptedException {
    int seconds =
        keywords.wholeOr(
            "timeout", variables, play.run().options().settings().get(RunSettings.TASK_TIMEOUT));
    try {
      return TimeLimit.within(Duration.ofSeconds(seconds), () -> unlimited(variables, mode));
    } catch (TimeLimit.OverException e) {
      String message =
          "The %s action failed to execute in the expected time frame (%d) and was terminated"
              .formatted(action(variables), seconds);
      MapValue result = MapValue.empty();
      result.put("failed", BoolValue.TRUE).put("changed", BoolValue.FALSE);
      result.put("msg", new StrValue(message));
      result.put("timedout", MapValue.empty().put("period", IntValue.of(seconds)));
      return Attempt.of(Status.FAILED, message, result);
    }
  }

  private Attempt unlimited(Variables variables, ModuleRun.Mode mode)
      throws UnreachableException, InterruptedException {
    Module<?> module = module(variables);
    if (module instanceof EngineAction<?> action) {
      return keywords.async(variables).isPresent() ? notByItself(action) : act(action, variables);
    }
    return execute(module, variables, mode);
  }

  private static Attempt notByItself(Module<?> action) {
    Attempt attempt = new Attempt();
    fail(attempt, AsyncRun.refused(action));
    return attempt;
  }

  private <P extends Record> Attempt act(EngineAction<P> action, Variables variables) {
    Attempt attempt = new Attempt();
    try {
      P options = bind(action, variables);
      EngineAction.Outcome outcome =
          action.act(
              options, new EngineAction.At(play, new TaskPlace(task, frame), host, variables));
      attempt.result = outcome.result();
      if (action.once()) {
        // No other host does it as well, and the next item of a loop builds on it.
        EngineChange.take(play.run(), outcome.changes());
      } else {
        attempt.changes = outcome.changes();
      }
      attempt.status =
          BoolValue.TRUE.equals(attempt.result.get("changed")) ? Status.CHANGED : Status.OK;
    } catch (ModuleException e) {
      fail(attempt, e);
    }
    return attempt;
  }

  private <P extends Record> P bind(Module<P> module, Variables variables) {
    binding = true;
    P options =
        play.run()
            .binder()
            .bind(
                module.spec(),
                task,
                variables,
                ModuleDefaults.of(play.run(), frame, module.spec(), variables));
    binding = false;
    return options;
  }

  private static void fail(Attempt attempt, ModuleException e) {
    attempt.status = Status.FAILED;
    attempt.message = e.getMessage();
    attempt.result = e.result();
    attempt.result.put("failed", BoolValue.TRUE);
    if (!attempt.result.has("changed")) {
      attempt.result.put("changed", BoolValue.FALSE);
    }
    attempt.result.put("msg", new StrValue(e.getMessage()));
  }

  private <P extends Record> Attempt execute(
      Module<P> module, Variables variables, ModuleRun.Mode mode)
      throws UnreachableException, InterruptedException {
    Targets targets = new Targets(play, task, frame, keywords, host, info);
    Variables scope = targets.withDelegate(variables);
    P options = bind(module, scope);
    Targets.Chosen chosen = targets.choose(scope);
    Attempt attempt = new Attempt();
    attempt.delegate = chosen.delegate();
    attemptedDelegate = chosen.delegate();
    if (looks) {
      chosen.target().asking(() -> {});
    }
    try {
      ModuleRun.Outcome outcome = outcome(module, options, chosen, mode, scope);
      attempt.status =
          switch (outcome.status()) {
            case OK -> Status.OK;
            // A look that the task asked for has changed nothing, whatever it saw.
            case CHANGED -> mode == ModuleRun.Mode.PEEK ? Status.OK : Status.CHANGED;
            case SKIPPED -> Status.SKIPPED;
            case UNKNOWN -> Status.UNKNOWN;
          };
      attempt.result = outcome.result();
      if (!keywords.flagOr("diff", variables, play.run().options().diff())) {
        ResultDiff.withoutContents(attempt.result);
      }
      attempt.diffs = outcome.diffs();
      attempt.effects = outcome.effects();
      attempt.message = attempt.result.get("msg") instanceof StrValue s ? s.text() : "";
      if (attempt.status == Status.UNKNOWN) {
        attempt.result.markUnknown(attempt.message);
      }
    } catch (ModuleException e) {
      fail(attempt, e);
    }
    return attempt;
  }

  private <P extends Record> ModuleRun.Outcome outcome(
      Module<P> module, P options, Targets.Chosen chosen, ModuleRun.Mode mode, Variables scope)
      throws ModuleException, UnreachableException, InterruptedException {
    Optional<Duration> limit = keywords.async(scope);
    if (limit.isEmpty()) {
      return ModuleRun.execute(module, options, chosen.target(), mode);
    }
    int usual = play.run().options().settings().get(RunSettings.POLL_INTERVAL);
    Duration poll = keywords.poll(scope, usual);
    return AsyncRun.execute(
        module, options, chosen.target(), mode, limit.get(), poll, new JobWatcher());
  }

  /** Tells of a job as it is waited for. */
  private final class JobWatcher implements AsyncRun.Watcher {
    @Override
    public void polled(String job) {
      tell(new RunEvent.AsyncPolled(Instant.now(), info, host.name(), job));
    }

    @Override
    public void finished(String job, boolean ok) {
      tell(new RunEvent.AsyncFinished(Instant.now(), info, host.name(), job, ok));
    }

    private void tell(RunEvent event) {
      play.run().events().publish(event);
    }
  }

  /** Applies {@code changed_when} and {@code failed_when}. */
  private Attempt judged(Attempt attempt, Variables variables) {
    if (attempt.status == Status.UNKNOWN || attempt.result.has("skipped")) {
      return attempt;
    }
    String judging = "changed";
    try {
      if (frame.keywords().has("changed_when")) {
        boolean changed = keywords.holds("changed_when", registered(attempt, variables));
        attempt.result.put("changed", BoolValue.of(changed));
        if (attempt.status != Status.FAILED) {
          attempt.status = changed ? Status.CHANGED : Status.OK;
        }
      }
      judging = "failed";
      if (frame.keywords().has("failed_when")) {
        failedWhen(attempt, keywords.holds("failed_when", registered(attempt, variables)));
      }
    } catch (DiagnosticException e) {
      if (e instanceof UndefinedException undefined
          && undefined.unknown()
          && play.run().options().check()) {
        throw e;
      }
      MapValue soFar = attempt.result;
      soFar.put("failed", BoolValue.TRUE);
      soFar.put(judging + "_when_result", new StrValue(EngineFailure.plain(e)));
      Attempt failed = Attempt.failed(e, binding);
      failed.result = soFar;
      failed.delegate = attempt.delegate;
      return failed;
    }
    return attempt;
  }

  private static void failedWhen(Attempt attempt, boolean failed) {
    attempt.result.put("failed", BoolValue.of(failed));
    attempt.result.put("failed_when_result", BoolValue.of(failed));
    if (failed) {
      attempt.message =
          attempt.message.isEmpty() ? "failed_when says that it failed" : attempt.message;
      attempt.status = Status.FAILED;
    } else if (attempt.status == Status.FAILED) {
      attempt.status = attempt.result.get("changed") == BoolValue.TRUE ? Status.CHANGED : Status.OK;
      attempt.message = "";
    }
  }

  /** The variables with the result under its registered name, as conditions on it see them. */
  private Variables registered(Attempt attempt, Variables variables) {
    MapValue result = attempt.result;
    if (!result.has("failed")) {
      result.put("failed", BoolValue.of(attempt.status == Status.FAILED));
    }
    Optional<String> name =
        frame
            .keywords()
            .get("register")
            .map(n -> Python.str(play.run().templar().resolve(n, variables)));
    Value value = result;
    return name.map(n -> variables.with(Layer.ofValues("register", Map.of(n, value))))
        .orElse(variables);
  }
}
