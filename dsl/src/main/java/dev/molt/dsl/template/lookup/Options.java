package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of one lookup: as given by name, and then what its term says. */
final class Options {
  private final Map<String, Value> values;

  Options(Map<String, Value> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** Sets an option that a term holds. */
  void put(String name, String value) {
    values.put(name, new StrValue(value));
  }

  boolean has(String name) {
    return values.containsKey(name) && !(values.get(name) instanceof NullValue);
  }

  /** The value, or null. */
  Value get(String name) {
    return values.get(name);
  }

  String text(String name, String otherwise) {
    return has(name) ? Python.str(values.get(name)) : otherwise;
  }

  boolean flag(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    } else if (!(values.get(name) instanceof StrValue)) {
      return Truth.of(values.get(name));
    }
    String text = Python.str(values.get(name));
    return !text.isEmpty()
        && Truth.ofWord(text)
            .orElseThrow(
                () ->
                    new ValueException("the option '" + name + "' is true or false, not " + text));
  }

  int number(String name, int otherwise) {
    String text = text(name, null);
    if (text == null) {
      return otherwise;
    } else if (!text.matches("-?[0-9]{1,9}")) {
      throw new ValueException("the option '" + name + "' is a whole number, not " + text);
    }
    return Integer.parseInt(text);
  }

  /** The items of a list, or one value as a list of one. */
  List<Value> list(String name) {
    Value value = has(name) ? values.get(name) : null;
    return value == null ? List.of() : value instanceof ListValue l ? l.items() : List.of(value);
  }
}
