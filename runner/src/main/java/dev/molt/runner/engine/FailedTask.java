package dev.molt.runner.engine;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.HostRun.Failure;
import java.util.Map;

/** What a rescue finds set: which task failed, and with what result. */
final class FailedTask {
  private FailedTask() {}

  static Map<String, Value> variables(Failure failure) {
    return Map.of(
        "ansible_failed_task",
        MapValue.empty()
            .put("name", new StrValue(failure.task().name()))
            .put("action", new StrValue(failure.task().module())),
        "ansible_failed_result",
        failure.result());
  }
}
