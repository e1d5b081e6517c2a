package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;

/** {@code [a, b]}, or a tuple {@code (a, b)}. */
public record ListExpr(int at, int length, boolean tuple, List<Expr> items) implements Expr {
  @Override
  public Value eval(Frame frame) {
    List<Value> values = new ArrayList<>(items.size());
    for (Expr item : items) {
      Value value = item.eval(frame);
      if (value instanceof UndefinedValue) {
        frame.holdsUndefined();
        frame.unfinished();
      } else if (value == OmitValue.OMIT) {
        frame.unfinished();
      }
      values.add(value);
    }
    if (tuple) {
      frame.unfinished();
    }
    return new ListValue(values, tuple ? ListValue.Kind.TUPLE : ListValue.Kind.LIST);
  }

  @Override
  public void check(Checker checker) {
    items.forEach(item -> item.check(checker));
  }
}
