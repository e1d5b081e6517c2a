package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Between dicts and their pairs of key and value. */
public final class MapItems {
  private MapItems() {}

  /** The pairs of a dict, each a tuple. */
  public static ListValue items(MapValue map) {
    return MapMethods.items(map);
  }

  /** A dict from another, or from pairs, as Python's {@code dict()} makes it. */
  public static MapValue dict(Value from) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    MapMethods.put(from, entries);
    return new MapValue(entries);
  }
}
