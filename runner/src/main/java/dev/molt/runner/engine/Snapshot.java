package dev.molt.runner.engine;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as they are now. What is registered may hold {@code hostvars}, whose values are looked up
 * when they are asked for: and then what was registered would be among them, and so hold itself.
 */
final class Snapshot {
  private Snapshot() {}

  /** The value, all of it looked up; the same object where nothing has to be. */
  static Value of(Value value) {
    if (value instanceof MapValue map) {
      boolean same = !(map.entries() instanceof LazyMap);
      Map<Value, Value> now = new LinkedHashMap<>();
      for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
        Value item = of(entry.getValue());
        same &= item == entry.getValue();
        now.put(entry.getKey(), item);
      }
      if (same) {
        return map;
      }
      MapValue all = new MapValue(now);
      map.unknown().ifPresent(all::markUnknown);
      return all;
    } else if (value instanceof ListValue list) {
      boolean same = true;
      List<Value> now = new ArrayList<>(list.items().size());
      for (Value item : list.items()) {
        Value one = of(item);
        same &= one == item;
        now.add(one);
      }
      return same ? list : new ListValue(now);
    }
    return value;
  }
}
