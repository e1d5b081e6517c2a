package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.module.InternalKeys;
import java.util.List;
import java.util.Map;

/**
 * What a task came to on a host. Later tasks read all of it; who watches may not, where the task
 * says {@code no_log}, or its result does.
 *
 * @param unknownFacts variables that a real run would set, to values that a check cannot know
 * @param notifies the handlers that the task names
 * @param changes what is to become of the run itself
 */
record Done(
    HostResult result,
    boolean hidden,
    Map<String, Value> unknownFacts,
    List<String> notifies,
    List<EngineChange> changes) {

  Done {
    hidden |= BoolValue.TRUE.equals(result.result().get(InternalKeys.NO_LOG));
  }

  Done(HostResult result, boolean hidden) {
    this(result, hidden, Map.of(), List.of(), List.of());
  }

  /** For events. */
  HostResult shown() {
    return hidden ? result.censored() : result;
  }

  Done with(HostResult other) {
    return new Done(other, hidden, unknownFacts, notifies, changes);
  }
}
