package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.List;

/** What Python's {@code for} goes through: items, keys or characters. */
public final class Iteration {
  /** No list that a template makes may be longer. */
  public static final int MAX_ITEMS = 10_000_000;

  private Iteration() {}

  /**
   * What a value consists of.
   *
   * @return the list itself where the value is one, not a copy
   * @throws ValueException where the value has no items
   */
  public static List<Value> items(Value value) {
    if (value instanceof ListValue list) {
      return list.items();
    } else if (value instanceof MapValue map) {
      return new ArrayList<>(map.entries().keySet());
    } else if (value instanceof StrValue text) {
      List<Value> characters = new ArrayList<>(text.text().length());
      text.text()
          .codePoints()
          .forEach(c -> characters.add(Secrets.text(Character.toString(c), text.secret())));
      return characters;
    } else if (value instanceof UndefinedValue undefined) {
      throw new ValueException(undefined);
    }
    throw new ValueException("'" + Python.typeName(value) + "' object is not iterable");
  }

  /** Whether it is a tuple or a list of tuples. */
  public static boolean hasTuples(Value value) {
    return value instanceof ListValue list
        && (list.kind() != ListValue.Kind.LIST
            || (!list.items().isEmpty()
                && list.items().get(0) instanceof ListValue first
                && first.kind() != ListValue.Kind.LIST));
  }

  /** Refuses a size that no list or text may have. */
  public static int bounded(long size, int most) {
    if (size > most) {
      throw new ValueException(
          "the result would have " + size + " items; at most " + most + " fit");
    }
    return (int) size;
  }
}
