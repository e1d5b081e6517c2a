package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Context;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A set of values by Python's equality. Texts are looked up, everything else is compared. */
final class ValueSet {
  private final Context context;
  private final Set<StrValue> texts = new HashSet<>();
  private final Set<Value> numbers = new HashSet<>();
  private final List<Value> others = new ArrayList<>();

  ValueSet(Context context) {
    this.context = context;
  }

  static ValueSet of(List<Value> values, Context context) {
    ValueSet set = new ValueSet(context);
    values.forEach(set::add);
    return set;
  }

  /** Whether it was not there yet. */
  boolean add(Value value) {
    if (value instanceof StrValue text) {
      return texts.add(text);
    } else if (contains(value)) {
      return false;
    } else if (scalar(value)) {
      numbers.add(value);
    }
    return others.add(value);
  }

  boolean contains(Value value) {
    if (value instanceof StrValue text) {
      return texts.contains(text);
    } else if (scalar(value) && numbers.contains(value)) {
      return true;
    }
    for (Value other : others) {
      context.step();
      if (Ordering.equal(other, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean scalar(Value value) {
    return !(value instanceof ListValue) && !(value instanceof MapValue);
  }
}
