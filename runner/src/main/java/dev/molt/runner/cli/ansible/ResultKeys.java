package dev.molt.runner.cli.ansible;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.event.ShownValues;
import dev.molt.runner.module.InternalKeys;
import java.util.List;
import java.util.Set;

/** The keys of one result on their way to the screen; a copy that loses some. */
final class ResultKeys {
  private static final Set<String> OF_A_MESSAGE =
      Set.of("msg", "exception", "warnings", "deprecations");
  private static final List<String> NOT_OF_A_VARIABLE =
      List.of("changed", "failed", "skipped", "invocation", "skip_reason");

  private final TaskInfo task;
  private final HostResult result;
  private final MapValue keys;

  ResultKeys(TaskInfo task, HostResult result) {
    this.task = task;
    this.result = result;
    this.keys = ShownValues.of(result.result());
    // What the first word of the line says already.
    drop("failed");
    drop("skipped");
    if (result.hidden()) {
      drop("unreachable");
    }
  }

  Value get(String key) {
    return keys.get(key);
  }

  /** Whether the result is what the task is for. */
  boolean always() {
    return BoolValue.TRUE.equals(result.result().get(InternalKeys.VERBOSE_ALWAYS));
  }

  void drop(String key) {
    keys.entries().remove(new StrValue(key));
  }

  /** Leaves of a debug task's result what it is to show. */
  ResultKeys ofDebug() {
    if (!task.module().equals("debug")) {
      return this;
    }
    if (keys.has("msg")) {
      keys.entries()
          .keySet()
          .removeIf(k -> k instanceof StrValue key && !OF_A_MESSAGE.contains(key.text()));
    } else {
      NOT_OF_A_VARIABLE.forEach(this::drop);
    }
    return this;
  }

  /** Whether it is of a loop, whose items have been shown. */
  boolean ofItems() {
    return task.loop() && result.item().isEmpty() && keys.has("results");
  }

  /** Whether it is to be shown although nothing failed. */
  boolean shown(int verbosity) {
    boolean gathered = task.module().equals("setup") || task.module().equals("gather_facts");
    boolean tooLong = BoolValue.TRUE.equals(result.result().get(InternalKeys.VERBOSE_OVERRIDE));
    return (verbosity > 0 || always()) && !tooLong && !gathered;
  }

  MapValue map() {
    return keys;
  }
}
