package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;

/** {@code [a, b]}, and also {@code (a, b)}: tuples are lists here. */
public record ListExpr(int at, int length, List<Expr> items) implements Expr {
  @Override
  public Value eval(Frame frame) {
    List<Value> values = new ArrayList<>(items.size());
    for (Expr item : items) {
      Value value = item.eval(frame);
      if (value instanceof UndefinedValue) {
        frame.holdsUndefined();
      }
      values.add(value);
    }
    return new ListValue(values);
  }

  @Override
  public void check(Checker checker) {
    items.forEach(item -> item.check(checker));
  }
}
