package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;

/** {@code {key: value}}. */
public record DictExpr(int at, int length, List<Expr> keys, List<Expr> values) implements Expr {
  @Override
  public Value eval(Frame frame) {
    MapValue map = MapValue.empty();
    for (int i = 0; i < keys.size(); i++) {
      Expr key = keys.get(i);
      try {
        Value value = values.get(i).eval(frame);
        if (value instanceof UndefinedValue) {
          frame.holdsUndefined();
          frame.unfinished();
        } else if (value == OmitValue.OMIT) {
          frame.unfinished();
        }
        map.set(Access.key(key.use(frame)), value);
      } catch (ValueException e) {
        throw frame.error(key, e);
      }
    }
    return map;
  }

  @Override
  public void check(Checker checker) {
    keys.forEach(key -> key.check(checker));
    values.forEach(value -> value.check(checker));
  }
}
