package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;

/** {@code a < b <= c}: operators stand between the operands. */
public record Compare(int at, int length, List<Expr> operands, List<String> operators)
    implements Expr {
  @Override
  public Value eval(Frame frame) {
    Value left = operands.get(0).eval(frame);
    if (left instanceof UndefinedValue undefined) {
      return frame.passedOn(operands.get(0), undefined);
    }
    for (int i = 0; i < operators.size(); i++) {
      Value right = operands.get(i + 1).eval(frame);
      if (right instanceof UndefinedValue undefined) {
        return frame.passedOn(operands.get(i + 1), undefined);
      }
      try {
        if (!holds(operators.get(i), left, right)) {
          return BoolValue.FALSE;
        }
      } catch (ValueException e) {
        throw frame.error(this, e);
      }
      left = right;
    }
    return BoolValue.TRUE;
  }

  private static boolean holds(String operator, Value a, Value b) {
    return switch (operator) {
      case "==" -> Ordering.equal(a, b);
      case "!=" -> !Ordering.equal(a, b);
      case "in" -> Ordering.contains(b, a);
      case "not in" -> !Ordering.contains(b, a);
      default -> Ordering.holds(operator, a, b);
    };
  }

  @Override
  public void check(Checker checker) {
    operands.forEach(operand -> operand.check(checker));
  }
}
