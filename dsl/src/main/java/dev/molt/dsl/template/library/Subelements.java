package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of a dict and each element of a list that is under a path in it: the filter and the lookup,
 * which differ in what they take and in that the lookup leaves the list out of the dict. Their
 * messages are Ansible's, since playbooks compare them.
 */
final class Subelements {
  private static final String SKIP = "skip_missing";

  private Subelements() {}

  static ListValue filter(Value subject, Value path, boolean skipMissing) {
    List<Value> items;
    if (subject instanceof MapValue map) {
      items = new ArrayList<>(map.entries().values());
    } else if (subject instanceof ListValue list) {
      items = list.items();
    } else {
      throw new ValueException("obj must be a list of dicts or a nested dict");
    }
    List<Value> keys;
    if (path instanceof ListValue list) {
      keys = list.items();
    } else if (path instanceof StrValue text) {
      keys = ListValue.ofStrings(List.of(text.text().split("\\.", -1))).items();
    } else {
      throw new ValueException("subelements must be a list or a string");
    }
    List<Value> out = new ArrayList<>();
    for (Value item : items) {
      List<Value> elements = elements(item, keys, skipMissing);
      for (Value element : elements == null ? List.<Value>of() : elements) {
        out.add(ListValue.tuple(item, element));
      }
    }
    return new ListValue(out);
  }

  private static List<Value> elements(Value item, List<Value> keys, boolean skipMissing) {
    Value found = item;
    for (Value key : keys) {
      if (!(found instanceof MapValue map)) {
        throw new ValueException(
            "the key "
                + Python.str(key)
                + " should point to a dictionary, got "
                + Python.repr(found));
      }
      found = map.find(key);
      if (found == null && skipMissing) {
        return null;
      } else if (found == null) {
        throw new ValueException(
            "could not find " + Python.repr(key) + " key in iterated item " + Python.repr(map));
      }
    }
    if (found instanceof ListValue list) {
      return list.items();
    }
    throw new ValueException(
        "the key "
            + Python.str(keys.isEmpty() ? StrValue.EMPTY : keys.get(keys.size() - 1))
            + " should point to a list, got "
            + Python.repr(found));
  }

  static List<Value> lookup(List<Value> terms) {
    if (terms.size() < 2 || terms.size() > 3) {
      throw terms("");
    }
    Value first = terms.get(0);
    if (!(terms.get(1) instanceof StrValue path)) {
      throw terms("first a dict or a list, second a string pointing to the subkey");
    }
    boolean skipMissing = terms.size() == 3 && skips(terms.get(2));
    if (first instanceof MapValue map && skipped(map)) {
      return new ArrayList<>();
    }
    List<Value> items =
        first instanceof MapValue map
            ? new ArrayList<>(map.entries().values())
            : first instanceof ListValue ? Iteration.items(first) : List.of(first);
    List<Value> out = new ArrayList<>();
    for (Value item : items) {
      if (!(item instanceof MapValue map)) {
        throw new ValueException(
            "subelements lookup expects a dictionary, got '" + Python.str(item) + "'");
      } else if (!skipped(map)) {
        pairs(map, path.text().split("\\.", -1), skipMissing, out);
      }
    }
    return out;
  }

  private static void pairs(MapValue item, String[] keys, boolean skipMissing, List<Value> out) {
    MapValue copy = copy(item);
    MapValue within = copy;
    for (int i = 0; i < keys.length; i++) {
      boolean last = i == keys.length - 1;
      Value found = within.get(keys[i]);
      if (found == null || (!last && !(found instanceof MapValue))) {
        if (skipMissing) {
          return;
        }
        throw new ValueException(
            found == null
                ? "could not find '" + keys[i] + "' key in iterated item '" + within(within) + "'"
                : "the key "
                    + keys[i]
                    + " should point to a dictionary, got '"
                    + Python.str(found)
                    + "'");
      } else if (!last) {
        MapValue next = copy((MapValue) found);
        within.put(keys[i], next);
        within = next;
        continue;
      } else if (!(found instanceof ListValue)) {
        throw new ValueException(
            "the key " + keys[i] + " should point to a list, got '" + Python.str(found) + "'");
      }
      within.entries().remove(new StrValue(keys[i]));
      for (Value element : ((ListValue) found).items()) {
        out.add(ListValue.tuple(copy, element));
      }
    }
  }

  private static String within(MapValue map) {
    return Python.str(map);
  }

  private static MapValue copy(MapValue map) {
    Map<Value, Value> entries = new LinkedHashMap<>(map.entries());
    return new MapValue(entries);
  }

  private static boolean skipped(MapValue map) {
    Value skipped = map.get("skipped");
    return skipped != null && skipped != BoolValue.FALSE;
  }

  private static boolean skips(Value flags) {
    boolean known =
        flags instanceof MapValue map
            && map.entries().keySet().stream().allMatch(new StrValue(SKIP)::equals);
    if (!known) {
      throw terms("the optional third item must be a dict with flags ('" + SKIP + "',)");
    }
    Value skip = ((MapValue) flags).get(SKIP);
    return skip != null && Truth.ofWord(Python.str(skip)).orElse(false);
  }

  private static ValueException terms(String more) {
    return new ValueException("subelements lookup expects a list of two or three items, " + more);
  }
}
