package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts dicts into dicts, as the filter {@code combine} does. */
final class Merge {
  private static final Set<String> LIST_MODES =
      Set.of("replace", "keep", "append", "prepend", "append_rp", "prepend_rp");

  private final boolean recursive;
  private final String lists;

  Merge(boolean recursive, String lists) {
    if (!LIST_MODES.contains(lists)) {
      throw new ValueException(
          "list_merge is one of append, append_rp, keep, prepend, prepend_rp and replace, not "
              + lists);
    }
    this.recursive = recursive;
    this.lists = lists;
  }

  /** A new dict with the entries of both; those of the second win. */
  MapValue maps(MapValue first, MapValue second, int depth) {
    if (depth > 200) {
      throw new ValueException("the dicts are nested too deeply to combine");
    }
    Map<Value, Value> out = new LinkedHashMap<>(first.entries());
    second
        .entries()
        .forEach(
            (key, value) -> {
              Value old = out.get(key);
              if (recursive && old instanceof MapValue a && value instanceof MapValue b) {
                out.put(key, maps(a, b, depth + 1));
              } else if (old instanceof ListValue a && value instanceof ListValue b) {
                out.put(key, lists(a, b));
              } else {
                out.put(key, value);
              }
            });
    return new MapValue(out);
  }

  private Value lists(ListValue a, ListValue b) {
    return switch (lists) {
      case "keep" -> a;
      case "append" -> joined(a.items(), b.items());
      case "prepend" -> joined(b.items(), a.items());
      // What is in both stands where the second list has it.
      case "append_rp" -> joined(without(a, b), b.items());
      case "prepend_rp" -> joined(b.items(), without(a, b));
      default -> b;
    };
  }

  private static Value joined(List<Value> a, List<Value> b) {
    List<Value> all = new ArrayList<>(a);
    all.addAll(b);
    return new ListValue(all);
  }

  private static List<Value> without(ListValue a, ListValue b) {
    return a.items().stream().filter(item -> !Ordering.contains(b, item)).toList();
  }
}
