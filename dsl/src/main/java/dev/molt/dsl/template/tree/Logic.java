package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import java.util.List;

/** {@code a and b and c}, or with {@code or}: the operand that decides, as in Python. */
public record Logic(int at, int length, boolean or, List<Expr> operands) implements Expr {
  @Override
  public Value eval(Frame frame) {
    Value value = null;
    for (Expr operand : operands) {
      value = operand.use(frame);
      if (Truth.of(value) == or) {
        break;
      }
    }
    return value;
  }

  @Override
  public void check(Checker checker) {
    operands.get(0).check(checker);
    checker.conditional(() -> operands.subList(1, operands.size()).forEach(o -> o.check(checker)));
  }
}
