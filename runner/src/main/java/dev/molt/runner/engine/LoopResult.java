package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the results of a loop's items together. */
final class LoopResult {
  private LoopResult() {}

  static HostResult of(String host, List<HostResult> results, Duration took) {
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
    result.put("skipped", BoolValue.of(status == Status.SKIPPED));
    if (status == Status.FAILED) {
      result.put("failed", BoolValue.TRUE);
    }
    if (results.isEmpty()) {
      result.put("skipped_reason", new StrValue("No items in the list"));
    } else {
      result.put("msg", new StrValue(summary(status)));
    }
    return new HostResult(
            host,
            Optional.empty(),
            results.stream().map(HostResult::delegate).flatMap(Optional::stream).findFirst(),
            status,
            message(results),
            result,
            diffs,
            effects,
            took)
        .withErrors(results.stream().flatMap(r -> r.errors().stream()).toList());
  }

  private static String summary(Status status) {
    return switch (status) {
      case FAILED -> "One or more items failed";
      case SKIPPED -> "All items skipped";
      default -> "All items completed";
    };
  }

  private static String message(List<HostResult> results) {
    return results.stream()
        .filter(r -> r.status().bad())
        .map(
            r ->
                // That a host is out of reach is no matter of the item.
                r.status() == Status.UNREACHABLE
                    ? r.message()
                    : r.item().orElse("") + ": " + r.message())
        .findFirst()
        .orElse("");
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
