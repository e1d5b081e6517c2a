package dev.molt.runner.engine;

import dev.molt.dsl.hook.Printed;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Does a task on one host: once, or once for each item of its loop. */
final class TaskLoop {
  private final PlayContext play;
  private final Task task;
  private final Frame frame;
  private final RunEvent.TaskInfo info;
  private final HostRun host;
  private final Templar templar;

  TaskLoop(PlayContext play, Task task, Frame frame, RunEvent.TaskInfo info, HostRun host) {
    this.play = play;
    this.task = task;
    this.frame = frame;
    this.info = info;
    this.host = host;
    this.templar = play.run().templar();
  }

  Done run() throws InterruptedException {
    return Printed.during(this::said, this::all);
  }

  /** What scripts print, such as modules and filters. */
  private void said(String line) {
    boolean hidden = keywords().hiddenOrUnsure(play.variables(host, frame));
    Said.of(play.run(), Optional.of(host.name()), hidden, line);
  }

  private TaskKeywords keywords() {
    return new TaskKeywords(play.run(), frame);
  }

  private Done all() throws InterruptedException {
    play.run().events().publish(new RunEvent.HostStarted(Instant.now(), info, host.name()));
    Variables variables = play.variables(host, frame);
    TaskOnHost one = new TaskOnHost(play, task, frame, info, host);
    Loop loop = new Loop(play, frame);
    Optional<List<Loop.Item>> items;
    double pause;
    try {
      items = loop.items(variables);
      pause = loop.pause(variables);
    } catch (DiagnosticException e) {
      return loopFailed(e, variables);
    }
    if (items.isEmpty()) {
      return one.run(variables, Optional.empty());
    }
    loop.hides(variables).ifPresent(this::warnHidden);
    return rounds(one, loop, items.get(), pause, variables);
  }

  private void warnHidden(String name) {
    play.run()
        .warn(
            Diagnostic.warning(
                    task.position(),
                    "[" + info.title() + "]: The loop variable '" + name + "' is already in use")
                .withHint("give it another name with loop_control: {loop_var: ...}"));
  }

  private Done rounds(
      TaskOnHost one, Loop loop, List<Loop.Item> items, double pause, Variables variables)
      throws InterruptedException {
    boolean hidden = false;
    Map<String, Value> unknownFacts = new LinkedHashMap<>();
    Map<String, Value> set = new LinkedHashMap<>();
    Set<String> notify = new LinkedHashSet<>();
    List<EngineChange> changes = new ArrayList<>();
    List<HostResult> results = new ArrayList<>();
    Instant start = Instant.now();
    for (Loop.Item item : items) {
      if (!results.isEmpty() && pause > 0) {
        Thread.sleep((long) (pause * 1000));
      }
      // What an item sets, the next ones see.
      Variables seen =
          set.isEmpty() ? variables : variables.with(Layer.ofValues("loop", Map.copyOf(set)));
      Variables itemVariables = seen.with(item.layer());
      Done done = one.run(itemVariables, Optional.of(loop.label(item, itemVariables)));
      HostResult result = done.result();
      item.values().forEach(result.result()::put);
      results.add(result);
      hidden |= done.hidden();
      unknownFacts.putAll(done.unknownFacts());
      notify.addAll(done.notifies());
      changes.addAll(done.changes());
      play.run().events().publish(new RunEvent.ItemFinished(Instant.now(), info, done.shown()));
      if (info.module().equals("set_fact")) {
        set.putAll(TaskResults.facts(result.result()));
      }
      frame
          .keywords()
          .get("register")
          .ifPresent(n -> set.put(Python.str(templar.resolve(n, itemVariables)), result.result()));
      if (result.status() == Status.UNREACHABLE
          || breaks(loop, result, itemVariables.with(Layer.ofValues("loop", Map.copyOf(set))))) {
        break;
      }
    }
    HostResult all = LoopResult.of(host.name(), results, Duration.between(start, Instant.now()));
    return new Done(all, hidden, unknownFacts, List.copyOf(notify), changes);
  }

  private static boolean breaks(Loop loop, HostResult result, Variables variables) {
    try {
      return loop.breaks(variables);
    } catch (DiagnosticException e) {
      result
          .result()
          .put("failed", BoolValue.TRUE)
          .put("msg", new StrValue(EngineFailure.plain(e)));
      return true;
    }
  }

  /** The conditions may say that the task is not done at all, whatever its loop is. */
  private Done loopFailed(DiagnosticException e, Variables variables) {
    MapValue result = MapValue.empty().put("changed", BoolValue.FALSE);
    Status status = Status.FAILED;
    String message = DiagnosticFormatter.format(e.diagnostics().get(0)).strip();
    try {
      if (!new TaskKeywords(play.run(), frame).conditionsHold(variables)) {
        status = Status.SKIPPED;
        message = "";
      }
    } catch (DiagnosticException ignored) {
      // The loop's own error says what is wrong.
    }
    if (status == Status.FAILED
        && e instanceof UndefinedException undefined
        && undefined.unknown()
        && play.run().options().check()) {
      status = Status.UNKNOWN;
      result.markUnknown(e.getMessage());
    }
    result.put(status == Status.FAILED ? "failed" : "skipped", BoolValue.TRUE);
    result.put("msg", new StrValue(EngineFailure.plain(e)));
    HostResult failed =
        new HostResult(
                host.name(),
                Optional.empty(),
                Optional.empty(),
                status,
                message,
                result,
                List.of(),
                List.of(),
                Duration.ZERO)
            .withErrors(status == Status.FAILED ? e.diagnostics() : List.of());
    return new Done(failed, keywords().hiddenOrUnsure(variables));
  }
}
