package dev.molt.runner.module;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys of a result, all beginning with {@code _ansible_}, by which a module tells those who show it
 * something that is no part of it. They are neither registered nor shown.
 */
public final class InternalKeys {
  /** True where the result is what the task is for, and so is shown without {@code -v}. */
  public static final String VERBOSE_ALWAYS = "_ansible_verbose_always";

  /** True where the result is too long to be shown, but with a failure. */
  public static final String VERBOSE_OVERRIDE = "_ansible_verbose_override";

  /** True where nobody is to see the result, as with {@code no_log}. */
  public static final String NO_LOG = "_ansible_no_log";

  private static final String PREFIX = "_ansible_";

  private InternalKeys() {}

  /** The value without such keys at any depth; the same object where it has none. */
  public static Value strip(Value value) {
    if (value instanceof MapValue map) {
      return strip(map);
    } else if (value instanceof ListValue list) {
      List<Value> kept = new ArrayList<>(list.items().size());
      boolean same = true;
      for (Value item : list.items()) {
        Value stripped = strip(item);
        same &= stripped == item;
        kept.add(stripped);
      }
      return same ? list : new ListValue(kept);
    }
    return value;
  }

  /** The map without such keys at any depth; the same object where it has none. */
  public static MapValue strip(MapValue map) {
    Map<Value, Value> kept = new LinkedHashMap<>();
    boolean same = true;
    for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
      if (entry.getKey() instanceof StrValue key && key.text().startsWith(PREFIX)) {
        same = false;
      } else {
        Value value = strip(entry.getValue());
        same &= value == entry.getValue();
        kept.put(entry.getKey(), value);
      }
    }
    if (same) {
      return map;
    }
    MapValue stripped = new MapValue(kept);
    map.unknown().ifPresent(stripped::markUnknown);
    return stripped;
  }
}
