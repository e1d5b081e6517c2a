package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code {key: value}}. */
public record DictExpr(int at, int length, List<Expr> keys, List<Expr> values) implements Expr {
  @Override
  public Value eval(Frame frame) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Expr key = keys.get(i);
      try {
        Value value = values.get(i).eval(frame);
        if (value instanceof UndefinedValue) {
          frame.holdsUndefined();
        }
        entries.put(Access.key(key.use(frame)), value);
      } catch (ValueException e) {
        throw frame.error(key, e);
      }
    }
    return new MapValue(entries);
  }

  @Override
  public void check(Checker checker) {
    keys.forEach(key -> key.check(checker));
    values.forEach(value -> value.check(checker));
  }
}
