package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;

/** How a task went, from the result it has registered. */
final class ResultTests implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.test("changed change", Params.NONE, "the task changed something", this);
    to.test("failed failure", Params.NONE, "the task failed", this);
    to.test("success succeeded successful", Params.NONE, "the task did not fail", this);
    to.test("skipped skip", Params.NONE, "the task was skipped", this);
    to.test("unreachable", Params.NONE, "the host could not be reached", this);
    to.test("reachable", Params.NONE, "the host could be reached", this);
    to.test("started", Params.NONE, "the background task has started", this);
    to.test("finished", Params.NONE, "the background task has ended", this);
    to.test("timedout", Params.NONE, "the task ran into its time limit", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    if (!(call.subject() instanceof MapValue result)) {
      throw call.error(
          "needs the result of a task, not " + dev.molt.dsl.value.Python.typeName(call.subject()));
    }
    return BoolValue.of(
        switch (name) {
          case "changed" -> changed(result);
          case "failed" -> flag(result, "failed");
          case "success" -> !flag(result, "failed");
          case "skipped" -> flag(result, "skipped");
          case "unreachable" -> flag(result, "unreachable");
          case "reachable" -> !flag(result, "unreachable");
          case "started" -> !result.has("started") || flag(result, "started");
          case "finished" -> !result.has("finished") || flag(result, "finished");
          case "timedout" -> flag(result, "timedout") || period(result);
          default -> throw Builtins.undeclared(name);
        });
  }

  private static boolean flag(MapValue result, String key) {
    Value value = result.get(key);
    return value != null && Truth.of(value);
  }

  /** The result of a loop has changed where one of its items has. */
  private static boolean changed(MapValue result) {
    if (result.has("changed") || !(result.get("results") instanceof ListValue items)) {
      return flag(result, "changed");
    }
    return items.items().stream().anyMatch(r -> r instanceof MapValue m && flag(m, "changed"));
  }

  private static boolean period(MapValue result) {
    return result.get("timedout") instanceof MapValue timedOut && flag(timedOut, "period");
  }
}
