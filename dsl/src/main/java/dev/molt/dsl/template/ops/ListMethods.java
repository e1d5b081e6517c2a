package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The methods of lists. */
final class ListMethods {
  static final Set<String> NAMES =
      Set.of(
          "append", "extend", "insert", "pop", "remove", "index", "count", "copy", "clear",
          "reverse", "sort");

  static final Set<String> TUPLE_NAMES = Set.of("index", "count");

  private ListMethods() {}

  static Value call(ListValue list, String name, MethodCall call) {
    List<Value> items = list.items();
    return switch (name) {
      case "pop" -> items.remove(index(call.takes(0, 1).number(0, "index", -1), items));
      case "index" -> {
        int start = call.takes(1, 3).number(1, "start", 0);
        start = start < 0 ? Math.max(0, start + items.size()) : start;
        yield IntValue.of(find(call.arg(0, "value"), items, start));
      }
      case "count" -> {
        Value wanted = call.takes(1, 1).arg(0, "value");
        yield IntValue.of(items.stream().filter(v -> Ordering.equal(v, wanted)).count());
      }
      case "copy" -> new ListValue(new ArrayList<>(items));
      default -> {
        change(items, name, call);
        yield NullValue.NULL;
      }
    };
  }

  private static void change(List<Value> items, String name, MethodCall call) {
    switch (name) {
      case "append" -> items.add(call.takes(1, 1).arg(0, "object"));
      case "extend" -> {
        List<Value> more = Iteration.items(call.takes(1, 1).arg(0, "iterable"));
        Iteration.bounded((long) items.size() + more.size(), Iteration.MAX_ITEMS);
        items.addAll(List.copyOf(more));
      }
      case "insert" -> {
        int at = call.takes(2, 2).number(0, "index", 0);
        int from = at < 0 ? Math.max(0, at + items.size()) : Math.min(at, items.size());
        items.add(from, call.arg(1, "object"));
      }
      case "remove" -> items.remove(find(call.takes(1, 1).arg(0, "value"), items, 0));
      case "clear" -> items.clear();
      case "reverse" -> Collections.reverse(items);
      default -> {
        Value reverse = call.takes(0, 1).named().get("reverse");
        items.sort((a, b) -> Ordering.compare(a, b, "<"));
        if (reverse != null && Truth.of(reverse)) {
          Collections.reverse(items);
        }
      }
    }
  }

  private static int index(int given, List<Value> items) {
    int index = given < 0 ? given + items.size() : given;
    if (index < 0 || index >= items.size()) {
      throw new ValueException(items.isEmpty() ? "pop from empty list" : "pop index out of range");
    }
    return index;
  }

  private static int find(Value wanted, List<Value> items, int from) {
    for (int i = from; i < items.size(); i++) {
      if (Ordering.equal(items.get(i), wanted)) {
        return i;
      }
    }
    throw new ValueException(Python.repr(wanted) + " is not in list");
  }
}
