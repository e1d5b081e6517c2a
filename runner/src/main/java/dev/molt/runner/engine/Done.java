package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import java.util.List;
import java.util.Map;

/**
 * What a task came to on a host. Later tasks read all of it; who watches may not, where the task
 * says {@code no_log}.
 *
 * @param unknownFacts variables that a real run would set, to values that a check cannot know
 */
record Done(HostResult result, boolean hidden, Map<String, Value> unknownFacts) {
  private static final String HIDDEN = "(hidden: the task says no_log)";

  Done(HostResult result, boolean hidden) {
    this(result, hidden, Map.of());
  }

  /** For events. */
  HostResult shown() {
    if (!hidden) {
      return result;
    }
    MapValue keys = MapValue.empty();
    keys.put("censored", new StrValue(HIDDEN));
    keys.put("changed", BoolValue.of(BoolValue.TRUE.equals(result.result().get("changed"))));
    return new HostResult(
        result.host(),
        result.item().map(i -> HIDDEN),
        result.delegate(),
        result.status(),
        result.message().isEmpty() ? "" : HIDDEN,
        keys,
        List.of(),
        result.effects(),
        result.took());
  }

  Done with(HostResult other) {
    return new Done(other, hidden, unknownFacts);
  }
}
