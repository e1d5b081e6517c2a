package dev.molt.dsl.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds secret texts in values, and makes what was made of them secret too. */
public final class Secrets {
  private static final int MAX_DEPTH = 400;

  private Secrets() {}

  /** Whether the value is a secret text or holds one at any depth. */
  public static boolean holds(Value value) {
    return holds(value, 0);
  }

  private static boolean holds(Value value, int depth) {
    if (value instanceof StrValue s) {
      return s.secret();
    } else if (depth > MAX_DEPTH) {
      return false;
    } else if (value instanceof ListValue list) {
      for (Value item : list.items()) {
        if (holds(item, depth + 1)) {
          return true;
        }
      }
    } else if (value instanceof MapValue map) {
      for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
        if (holds(entry.getKey(), depth + 1) || holds(entry.getValue(), depth + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Text that is secret if {@code secret}. */
  public static StrValue text(String text, boolean secret) {
    return secret ? StrValue.secret(text) : new StrValue(text);
  }

  /** A copy in which every text (keys of maps apart) is secret. */
  public static Value mark(Value value) {
    return mark(value, 0);
  }

  private static Value mark(Value value, int depth) {
    if (value instanceof StrValue s) {
      return s.secret() ? s : StrValue.secret(s.text());
    } else if (depth > MAX_DEPTH) {
      return value;
    } else if (value instanceof ListValue list) {
      List<Value> items = new ArrayList<>(list.items().size());
      list.items().forEach(item -> items.add(mark(item, depth + 1)));
      return new ListValue(items);
    } else if (value instanceof MapValue map) {
      Map<Value, Value> entries = new LinkedHashMap<>();
      map.entries().forEach((key, item) -> entries.put(key, mark(item, depth + 1)));
      return new MapValue(entries);
    }
    return value;
  }
}
