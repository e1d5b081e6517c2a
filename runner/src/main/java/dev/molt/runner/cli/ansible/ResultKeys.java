package dev.molt.runner.cli.ansible;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.InternalKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of one result on their way to the screen; a copy that loses some. */
final class ResultKeys {
  private static final Set<String> OF_A_MESSAGE =
      Set.of("msg", "exception", "warnings", "deprecations");
  private static final List<String> NOT_OF_A_VARIABLE =
      List.of("changed", "failed", "skipped", "invocation", "skip_reason");

  private final TaskInfo task;
  private final HostResult result;
  private final MapValue keys = MapValue.empty();

  ResultKeys(TaskInfo task, HostResult result) {
    this.task = task;
    this.result = result;
    result.result().entries().forEach((k, v) -> keys.entries().put(plain(k), plain(v)));
    // What the first word of the line says already.
    drop("failed");
    drop("skipped");
    if (result.hidden()) {
      drop("unreachable");
    }
  }

  /** What JSON can say of a value. */
  private static Value plain(Value value) {
    if (value instanceof MapValue map) {
      Map<Value, Value> entries = new LinkedHashMap<>();
      map.entries().forEach((k, v) -> entries.put(plain(k), plain(v)));
      return new MapValue(entries);
    } else if (value instanceof ListValue list) {
      return ListValue.of(list.items().stream().map(ResultKeys::plain).toList());
    } else if (value instanceof FunctionValue) {
      return new StrValue(Python.str(value));
    } else if (value instanceof UndefinedValue || value instanceof OmitValue) {
      return new StrValue("");
    }
    return value;
  }

  Value get(String key) {
    return keys.get(key);
  }

  boolean isTrue(String key) {
    return BoolValue.TRUE.equals(keys.get(key));
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
          .removeIf(
              k ->
                  k instanceof StrValue key
                      && !OF_A_MESSAGE.contains(key.text())
                      && !key.text().startsWith("_"));
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
    return (verbosity > 0 || isTrue(InternalKeys.VERBOSE_ALWAYS))
        && !isTrue(InternalKeys.VERBOSE_OVERRIDE)
        && !gathered;
  }

  MapValue map() {
    return keys;
  }
}
