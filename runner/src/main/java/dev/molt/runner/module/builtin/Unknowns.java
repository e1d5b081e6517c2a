package dev.molt.runner.module.builtin;

import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Expression;

/** Evaluates where a check may not know what a real run would. */
final class Unknowns {
  private Unknowns() {}

  /** The value; unknown where the expression uses something that only a real run knows. */
  static Value evaluate(Expression expression) {
    try {
      return expression.evaluate();
    } catch (UndefinedException e) {
      if (!e.unknown()) {
        throw e;
      }
      return new UndefinedValue(e.getMessage(), true);
    }
  }
}
