package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods of dicts. */
final class MapMethods {
  static final Set<String> NAMES =
      Set.of(
          "get",
          "keys",
          "values",
          "items",
          "update",
          "pop",
          "popitem",
          "copy",
          "setdefault",
          "clear");

  private MapMethods() {}

  static Value call(MapValue map, String name, MethodCall call) {
    Map<Value, Value> entries = map.entries();
    return switch (name) {
      case "get" -> {
        Value found = map.find(Access.key(call.takes(1, 2).arg(0, "key")));
        Value otherwise = call.arg(1, "default");
        yield found != null ? found : otherwise != null ? otherwise : NullValue.NULL;
      }
      case "keys" -> ListValue.of(entries.keySet());
      case "values" -> ListValue.of(entries.values());
      case "items" -> items(map);
      case "copy" -> new MapValue(new LinkedHashMap<>(entries));
      case "update" -> update(map, call);
      case "setdefault" -> {
        Value key = Access.key(call.takes(1, 2).arg(0, "key"));
        Value value = call.arg(1, "default");
        Value found = map.find(key);
        if (found == null) {
          found = value == null ? NullValue.NULL : value;
          entries.put(key, found);
        }
        yield found;
      }
      case "pop" -> {
        Value key = Access.key(call.takes(1, 2).arg(0, "key"));
        Value found = entries.remove(key);
        Value otherwise = call.arg(1, "default");
        if (found == null && otherwise == null) {
          throw new ValueException("pop(): there is no key " + Python.repr(key));
        }
        yield found != null ? found : otherwise;
      }
      case "popitem" -> {
        Value last = null;
        for (Value key : entries.keySet()) {
          last = key;
        }
        if (last == null) {
          throw new ValueException("popitem(): dictionary is empty");
        }
        yield ListValue.tuple(last, entries.remove(last));
      }
      default -> {
        entries.clear();
        yield NullValue.NULL;
      }
    };
  }

  /** Pairs of key and value. */
  static ListValue items(MapValue map) {
    List<Value> pairs = new ArrayList<>(map.entries().size());
    map.entries().forEach((key, value) -> pairs.add(ListValue.tuple(key, value)));
    return new ListValue(pairs);
  }

  private static Value update(MapValue map, MethodCall call) {
    if (!call.positional().isEmpty()) {
      put(call.takes(0, Integer.MAX_VALUE).positional().get(0), map.entries());
    }
    call.named().forEach((key, value) -> map.entries().put(new StrValue(key), value));
    return NullValue.NULL;
  }

  /** Puts the entries of a dict, or of a list of pairs, as {@code dict()} takes it. */
  static void put(Value from, Map<Value, Value> into) {
    if (from instanceof MapValue other) {
      into.putAll(new LinkedHashMap<>(other.entries()));
      return;
    }
    for (Value pair : Iteration.items(from)) {
      List<Value> parts = Iteration.items(pair);
      if (parts.size() != 2) {
        throw new ValueException("a dict is made of pairs, but one has " + parts.size() + " items");
      }
      into.put(Access.key(parts.get(0)), parts.get(1));
    }
  }
}
