package dev.molt.runner.event;

import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.InternalKeys;
import java.util.LinkedHashMap;
import java.util.Map;

/** Results for the eyes of users and their programs. */
public final class ShownValues {
  private ShownValues() {}

  /** A copy without internal keys, in which what JSON has no word for is a text. */
  public static MapValue of(MapValue result) {
    return plain(InternalKeys.strip(result));
  }

  private static MapValue plain(MapValue map) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    map.entries().forEach((k, v) -> entries.put(plain(k), plain(v)));
    return new MapValue(entries);
  }

  private static Value plain(Value value) {
    if (value instanceof MapValue map) {
      return plain(map);
    } else if (value instanceof ListValue list) {
      return ListValue.of(list.items().stream().map(ShownValues::plain).toList());
    } else if (value instanceof FunctionValue) {
      return new StrValue(Python.str(value));
    } else if (value instanceof UndefinedValue || value instanceof OmitValue) {
      return new StrValue("");
    }
    return value;
  }
}
