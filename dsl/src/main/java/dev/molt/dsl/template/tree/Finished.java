package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as they leave a template: lists in place of tuples, nothing that is to be omitted. */
public final class Finished {
  /** Tuples and omissions stand in what a template has just made, never deep. */
  private static final int MAX_DEPTH = 20;

  private Finished() {}

  /** The value itself where nothing in it has to change. */
  public static Value of(Value value) {
    return finished(value, 0);
  }

  private static Value finished(Value value, int depth) {
    if (depth > MAX_DEPTH) {
      return value;
    } else if (value instanceof UndefinedValue undefined && undefined.blank()) {
      return StrValue.EMPTY;
    } else if (value instanceof ListValue list) {
      List<Value> items = new ArrayList<>(list.items().size());
      boolean same = list.kind() == ListValue.Kind.LIST;
      for (Value item : list.items()) {
        Value finished = finished(item, depth + 1);
        same &= finished == item && item != OmitValue.OMIT;
        if (finished != OmitValue.OMIT) {
          items.add(finished);
        }
      }
      return same ? value : new ListValue(items);
    } else if (value instanceof MapValue map) {
      return finished(map, depth);
    }
    return value;
  }

  private static Value finished(MapValue map, int depth) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    boolean same = true;
    for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
      Value finished = finished(entry.getValue(), depth + 1);
      same &= finished == entry.getValue() && finished != OmitValue.OMIT;
      if (finished != OmitValue.OMIT) {
        entries.put(entry.getKey(), finished);
      }
    }
    return same ? map : new MapValue(entries);
  }
}
