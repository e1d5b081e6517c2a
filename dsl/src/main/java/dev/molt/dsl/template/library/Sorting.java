package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Order of items, by themselves or by attributes, with or without regard to case. */
final class Sorting {
  private Sorting() {}

  private record Keyed(Value key, Value item) {}

  /** The items of a call in order; equal ones keep theirs, also in reverse. */
  static List<Value> sorted(Call call, boolean caseSensitive, String paths, boolean reverse) {
    List<Keyed> keyed = new ArrayList<>();
    for (Value item : call.items()) {
      call.context().step();
      keyed.add(new Keyed(key(item, paths, caseSensitive), item));
    }
    Comparator<Keyed> order = (a, b) -> Ordering.compare(a.key, b.key, "<");
    keyed.sort(reverse ? Collections.reverseOrder(order) : order);
    List<Value> sorted = new ArrayList<>(keyed.size());
    keyed.forEach(k -> sorted.add(k.item));
    return sorted;
  }

  private static Value key(Value item, String paths, boolean caseSensitive) {
    if (paths == null) {
      Call.requireDefined(item);
      return fold(item, caseSensitive);
    }
    List<Value> keys = new ArrayList<>();
    Attributes.keys(item, paths).forEach(key -> keys.add(fold(key, caseSensitive)));
    return keys.size() == 1 ? keys.get(0) : new ListValue(keys);
  }

  /** A text without its case, unless that counts. */
  static Value fold(Value value, boolean caseSensitive) {
    return !caseSensitive && value instanceof StrValue text
        ? new StrValue(text.text().toLowerCase(Locale.ROOT))
        : value;
  }
}
