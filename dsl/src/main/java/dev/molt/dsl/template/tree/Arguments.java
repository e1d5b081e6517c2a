package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call as written.
 *
 * @param more a list given as {@code *list}, or null
 * @param moreNamed a dict given as {@code **dict}, or null
 */
public record Arguments(List<Expr> positional, Map<String, Expr> named, Expr more, Expr moreNamed) {
  public static final Arguments NONE = new Arguments(List.of(), Map.of(), null, null);

  List<Value> positional(Frame frame) {
    if (positional.isEmpty() && more == null) {
      return List.of();
    }
    List<Value> values = new ArrayList<>(positional.size());
    for (Expr argument : positional) {
      values.add(argument.eval(frame));
    }
    if (more != null) {
      values.addAll(Iteration.items(more.use(frame)));
    }
    return values;
  }

  Map<String, Value> named(Frame frame) {
    if (named.isEmpty() && moreNamed == null) {
      return Map.of();
    }
    Map<String, Value> values = new LinkedHashMap<>();
    named.forEach((name, argument) -> values.put(name, argument.eval(frame)));
    if (moreNamed != null) {
      if (!(moreNamed.use(frame) instanceof MapValue map)) {
        throw new ValueException("what follows ** must be a dict");
      }
      map.entries().forEach((name, value) -> values.put(Python.str(name), value));
    }
    return values;
  }

  /** The first undefined value among evaluated arguments, or null. */
  UndefinedValue undefined(Frame frame, List<Value> values, Map<String, Value> byName) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof UndefinedValue undefined) {
        return i < positional.size()
            ? frame.passedOn(positional.get(i), undefined)
            : more == null ? undefined : frame.passedOn(more, undefined);
      }
    }
    for (Map.Entry<String, Value> entry : byName.entrySet()) {
      if (entry.getValue() instanceof UndefinedValue undefined) {
        Expr at = named.getOrDefault(entry.getKey(), moreNamed);
        return at == null ? undefined : frame.passedOn(at, undefined);
      }
    }
    return null;
  }

  /** How many are given by position, or -1 where that is only known with values. */
  int count() {
    return more == null && moreNamed == null ? positional.size() : -1;
  }

  void check(Checker checker) {
    positional.forEach(argument -> argument.check(checker));
    named.values().forEach(argument -> argument.check(checker));
    if (more != null) {
      more.check(checker);
    }
    if (moreNamed != null) {
      moreNamed.check(checker);
    }
  }
}
