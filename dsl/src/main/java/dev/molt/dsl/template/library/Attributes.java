package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Attributes by a path such as {@code groups.0.name}, as filters take them. */
final class Attributes {
  private Attributes() {}

  /** The value under a path, which may be undefined. */
  static Value of(Value value, String path) {
    Value found = value;
    int from = 0;
    while (from <= path.length() && !(found instanceof UndefinedValue)) {
      int dot = path.indexOf('.', from);
      int end = dot < 0 ? path.length() : dot;
      found = Access.item(found, key(path.substring(from, end)));
      from = end + 1;
    }
    return found;
  }

  private static Value key(String part) {
    boolean index =
        !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
    return index ? new IntValue(new BigInteger(part)) : new StrValue(part);
  }

  /** The value by which to sort or compare: one path, or several separated by commas. */
  static List<Value> keys(Value value, String paths) {
    List<Value> keys = new ArrayList<>();
    for (String path : paths.split(",", -1)) {
      Value key = of(value, path.trim());
      dev.molt.dsl.template.Call.requireDefined(key);
      keys.add(key);
    }
    return keys;
  }
}
