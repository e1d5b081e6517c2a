package dev.molt.runner.engine;

import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import java.util.Map;

/**
 * What a task came to on a host. Later tasks read all of it; who watches may not, where the task
 * says {@code no_log}.
 *
 * @param unknownFacts variables that a real run would set, to values that a check cannot know
 */
record Done(HostResult result, boolean hidden, Map<String, Value> unknownFacts) {
  Done(HostResult result, boolean hidden) {
    this(result, hidden, Map.of());
  }

  /** For events. */
  HostResult shown() {
    return hidden ? result.censored() : result;
  }

  Done with(HostResult other) {
    return new Done(other, hidden, unknownFacts);
  }
}
