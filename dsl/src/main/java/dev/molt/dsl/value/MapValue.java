package dev.molt.dsl.value;

import java.util.LinkedHashMap;
import java.util.Map;

/** A mapping in insertion order, as Python's dict; its keys are mostly texts but need not be. */
public record MapValue(Map<Value, Value> entries) implements Value {
  public static MapValue empty() {
    return new MapValue(new LinkedHashMap<>());
  }

  public static MapValue ofStrings(Map<String, ? extends Value> entries) {
    MapValue map = empty();
    entries.forEach(map::put);
    return map;
  }

  /** The value under a text key, or null where there is none. */
  public Value get(String key) {
    return entries.get(new StrValue(key));
  }

  public boolean has(String key) {
    return entries.containsKey(new StrValue(key));
  }

  public MapValue put(String key, Value value) {
    entries.put(new StrValue(key), value);
    return this;
  }
}
