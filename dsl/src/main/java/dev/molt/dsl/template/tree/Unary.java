package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;

/** {@code not a}, {@code -a} or {@code +a}. */
public record Unary(int at, int length, String operator, Expr operand) implements Expr {
  @Override
  public Value eval(Frame frame) {
    Value value = operand.eval(frame);
    if (value instanceof UndefinedValue undefined) {
      return frame.passedOn(operand, undefined);
    }
    try {
      return operator.equals("not")
          ? BoolValue.of(!Truth.of(value))
          : Arithmetic.sign(operator, value);
    } catch (ValueException e) {
      throw frame.error(this, e);
    }
  }

  @Override
  public void check(Checker checker) {
    operand.check(checker);
  }
}
