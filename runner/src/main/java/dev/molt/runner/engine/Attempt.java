package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import java.util.List;
import java.util.Optional;

/** What one go at a task came to, while it is being made out. Used by one thread. */
final class Attempt {
  Status status = Status.OK;
  String message = "";
  MapValue result = MapValue.empty();
  List<FieldDiff> diffs = List.of();
  List<Effect> effects = List.of();
  Optional<String> delegate = Optional.empty();
  List<Diagnostic> errors = List.of();
  List<EngineChange> changes = List.of();

  static Attempt of(Status status, String message, MapValue result) {
    Attempt attempt = new Attempt();
    attempt.status = status;
    attempt.message = message;
    attempt.result = result;
    return attempt;
  }
}
