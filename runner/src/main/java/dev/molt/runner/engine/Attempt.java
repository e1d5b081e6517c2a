package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one go at a task came to, while it is being made out. Used by one thread. */
final class Attempt {
  /** How Ansible begins to tell of an option whose value uses what is not defined. */
  private static final String UNDEFINED_OPTION =
      "The task includes an option with an undefined variable. The error was: ";

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

  /** The host cannot be reached. */
  static Attempt unreachable(String why) {
    MapValue result = MapValue.empty();
    result.put("unreachable", BoolValue.TRUE).put("changed", BoolValue.FALSE);
    result.put("msg", new StrValue(why));
    return Attempt.of(Status.UNREACHABLE, why, result);
  }

  /**
   * The host itself is well: it fails, so that a rescue can put it right. (Ansible counts it as
   * unreachable, and leaves it as it is.)
   */
  static Attempt delegateUnreachable(String delegate, UnreachableException e) {
    MapValue result = MapValue.empty();
    result.put("failed", BoolValue.TRUE).put("changed", BoolValue.FALSE);
    result.put("unreachable", BoolValue.TRUE);
    result.put("msg", new StrValue(e.getMessage()));
    Attempt attempt = Attempt.of(Status.FAILED, e.getMessage(), result);
    attempt.delegate = Optional.of(delegate);
    return attempt;
  }

  /** A condition does not hold. */
  static Attempt skipped(Node condition) {
    MapValue result = MapValue.empty();
    result.put("changed", BoolValue.FALSE).put("skipped", BoolValue.TRUE);
    result.put("skip_reason", new StrValue("Conditional result was False"));
    if (condition instanceof ScalarNode scalar) {
      result.put(
          "false_condition", scalar.isString() ? new StrValue(scalar.text()) : scalar.value());
    }
    return Attempt.of(Status.SKIPPED, "", result);
  }

  /** A check cannot say what would come of it. */
  static Attempt unknown(String why) {
    MapValue result = MapValue.empty();
    result.put("changed", BoolValue.FALSE).put("skipped", BoolValue.TRUE);
    result.put("msg", new StrValue(why));
    result.markUnknown(why);
    return Attempt.of(Status.UNKNOWN, "depends on what a check does not run: " + why, result);
  }

  /** As Ansible ends such a message. */
  private static String place(DiagnosticException e) {
    return e.diagnostics()
        .get(0)
        .position()
        .map(
            p ->
                "\n\nThe error appears to be in '%s': line %d, column %d"
                    .formatted(p.source().name(), p.line(), p.column()))
        .orElse("");
  }

  /**
   * What is wrong in the playbook, or with what it asks for.
   *
   * @param binding whether it is about an option of a module
   */
  static Attempt failed(DiagnosticException e, boolean binding) {
    String message =
        e.diagnostics().stream()
            .map(DiagnosticFormatter::format)
            .collect(Collectors.joining())
            .strip();
    MapValue result = MapValue.empty();
    result.put("failed", BoolValue.TRUE).put("changed", BoolValue.FALSE);
    result.put(
        "msg",
        new StrValue(
            binding && e instanceof UndefinedException
                ? UNDEFINED_OPTION + EngineFailure.plain(e) + place(e)
                : EngineFailure.plain(e)));
    Attempt attempt = Attempt.of(Status.FAILED, message, result);
    attempt.errors = e.diagnostics();
    return attempt;
  }
}
