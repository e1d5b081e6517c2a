package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    Variables variables = play.variables(host, frame);
    TaskOnHost one = new TaskOnHost(play, task, frame, info, host);
    Optional<List<Value>> items;
    Control control;
    try {
      items = items(variables);
      control = control(variables);
    } catch (DiagnosticException e) {
      return loopFailed(e, variables);
    }
    if (items.isEmpty()) {
      return one.run(variables, Optional.empty());
    }
    boolean hidden = false;
    Map<String, Value> unknownFacts = new LinkedHashMap<>();
    List<HostResult> results = new ArrayList<>();
    Instant start = Instant.now();
    for (int i = 0; i < items.get().size(); i++) {
      if (i > 0 && control.pause > 0) {
        Thread.sleep((long) (control.pause * 1000));
      }
      Map<String, Value> loopVars = new LinkedHashMap<>();
      loopVars.put(control.variable, items.get().get(i));
      loopVars.put("ansible_loop_var", new StrValue(control.variable));
      control.index.ifPresent(n -> loopVars.put(n, IntValue.of(results.size())));
      Variables itemVariables = variables.with(Layer.ofValues("loop", loopVars));
      String label = label(control, items.get().get(i), itemVariables);
      Done done = one.run(itemVariables, Optional.of(label));
      HostResult result = done.result();
      result.result().put(control.variable, items.get().get(i));
      result.result().put("ansible_loop_var", new StrValue(control.variable));
      results.add(result);
      hidden |= done.hidden();
      unknownFacts.putAll(done.unknownFacts());
      play.run().events().publish(new RunEvent.ItemFinished(Instant.now(), info, done.shown()));
      if (result.status() == Status.UNREACHABLE) {
        break;
      }
    }
    HostResult all = together(results, Duration.between(start, Instant.now()));
    return new Done(all, hidden, unknownFacts);
  }

  /** The conditions may say that the task is not done at all, whatever its loop is. */
  private Done loopFailed(DiagnosticException e, Variables variables) {
    MapValue result = MapValue.empty().put("changed", BoolValue.FALSE);
    Status status = Status.FAILED;
    String message = DiagnosticFormatter.format(e.diagnostics().get(0)).strip();
    try {
      if (!new TaskKeywords(templar, frame).conditionsHold(variables)) {
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
    result.put("msg", new StrValue(e.getMessage()));
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
    return new Done(failed, hidden(variables));
  }

  /** In doubt, such as where {@code no_log} asks for the item that there is none of, it is. */
  private boolean hidden(Variables variables) {
    try {
      return new TaskKeywords(templar, frame).hidden(variables);
    } catch (DiagnosticException e) {
      return true;
    }
  }

  private Optional<List<Value>> items(Variables variables) {
    Optional<Node> loop = frame.keywords().get("loop");
    if (loop.isPresent()) {
      return Optional.of(list(loop.get(), variables));
    }
    for (MappingNode.Entry entry : frame.keywords().entries().values()) {
      String key = entry.key().text();
      if (key.startsWith("with_")) {
        return Optional.of(LoopLookups.items(key, entry.value(), templar, variables));
      }
    }
    return Optional.empty();
  }

  private List<Value> list(Node node, Variables variables) {
    Value value = templar.resolve(node, variables);
    if (value instanceof ListValue list) {
      return List.copyOf(list.items());
    }
    throw Diagnostic.error(node.position(), "loop takes a list, found " + Python.repr(value))
        .withHint(
            value instanceof MapValue
                ? "to go over a mapping, write: loop: \"{{ x | dict2items }}\""
                : "write the items as a list, or give the name of one as \"{{ name }}\"")
        .asException();
  }

  private record Control(
      String variable, Optional<String> index, Optional<Node> label, double pause) {}

  private Control control(Variables variables) {
    Optional<Node> node = frame.keywords().get("loop_control");
    if (node.isEmpty()) {
      return new Control("item", Optional.empty(), Optional.empty(), 0);
    }
    MappingNode mapping = TaskKeywords.mapping(node.get(), "loop_control");
    String variable =
        mapping.get("loop_var").map(n -> Python.str(templar.resolve(n, variables))).orElse("item");
    return new Control(
        variable,
        mapping.get("index_var").map(n -> Python.str(templar.resolve(n, variables))),
        mapping.get("label"),
        mapping.get("pause").map(n -> pause(n, variables)).orElse(0.0));
  }

  private double pause(Node node, Variables variables) {
    String text = Python.str(templar.resolve(node, variables));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Diagnostic.error(node.position(), "pause is a number of seconds, found '" + text + "'")
          .asException();
    }
  }

  private String label(Control control, Value item, Variables variables) {
    if (control.label.isPresent()) {
      try {
        return Python.str(templar.resolve(control.label.get(), variables));
      } catch (DiagnosticException e) {
        return control.label.get() instanceof ScalarNode text ? text.text() : "";
      }
    }
    return item instanceof NullValue ? "" : Python.str(item);
  }

  private HostResult together(List<HostResult> results, Duration took) {
    List<FieldDiff> diffs = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (HostResult result : results) {
      diffs.addAll(result.diffs());
      effects.addAll(result.effects());
      values.add(result.result());
    }
    Status status = worst(results);
    MapValue result = MapValue.empty();
    if (has(results, Status.UNKNOWN)) {
      result.markUnknown("not all items are known");
    }
    result.put("results", ListValue.of(values));
    result.put("changed", BoolValue.of(anyChanged(results)));
    if (status == Status.FAILED) {
      result.put("failed", BoolValue.TRUE);
    } else if (status == Status.SKIPPED) {
      result.put("skipped", BoolValue.TRUE);
    }
    result.put(
        "msg",
        new StrValue(
            status == Status.FAILED
                ? "One or more items failed"
                : status == Status.SKIPPED ? "All items skipped" : "All items completed"));
    String message =
        results.stream()
            .filter(r -> r.status().bad())
            .map(
                r ->
                    // That a host is out of reach is no matter of the item.
                    r.status() == Status.UNREACHABLE
                        ? r.message()
                        : r.item().orElse("") + ": " + r.message())
            .findFirst()
            .orElse("");
    return new HostResult(
        host.name(),
        Optional.empty(),
        results.stream().map(HostResult::delegate).flatMap(Optional::stream).findFirst(),
        status,
        message,
        result,
        diffs,
        effects,
        took);
  }

  /**
   * By the results' own word: a task that only looks says changed without having changed a thing.
   */
  private static boolean anyChanged(List<HostResult> results) {
    return results.stream().anyMatch(r -> BoolValue.TRUE.equals(r.result().get("changed")));
  }

  private static Status worst(List<HostResult> results) {
    for (Status status :
        List.of(Status.UNREACHABLE, Status.FAILED, Status.CHANGED, Status.UNKNOWN, Status.OK)) {
      if (has(results, status)) {
        return status;
      }
    }
    return Status.SKIPPED;
  }

  private static boolean has(List<HostResult> results, Status status) {
    return results.stream().anyMatch(r -> r.status() == status);
  }
}
