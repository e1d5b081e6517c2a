package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;

/** {@code a + b} and the like; {@code at} is where the operator stands. */
public record Binary(int at, int length, String operator, Expr left, Expr right) implements Expr {
  @Override
  public Value eval(Frame frame) {
    Value a = left.eval(frame);
    Value b = right.eval(frame);
    if (a instanceof UndefinedValue undefined) {
      return frame.passedOn(left, undefined);
    } else if (b instanceof UndefinedValue undefined) {
      return frame.passedOn(right, undefined);
    }
    try {
      return Arithmetic.binary(operator, a, b);
    } catch (ValueException e) {
      throw frame.error(this, e);
    }
  }

  @Override
  public void check(Checker checker) {
    left.check(checker);
    right.check(checker);
  }
}
