package dev.molt.runner.module;

import dev.molt.dsl.value.Value;

/** An option that is a bare expression, as in {@code that:} of assert and {@code var:} of debug. */
public interface Expression {
  /** As written. */
  String text();

  /**
   * Its value for the host and item at hand.
   *
   * @throws dev.molt.dsl.source.DiagnosticException if it cannot be evaluated
   */
  Value evaluate();
}
