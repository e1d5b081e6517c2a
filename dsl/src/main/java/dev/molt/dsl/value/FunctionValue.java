package dev.molt.dsl.value;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Something a template can call: {@code range}, {@code lookup}, a macro. */
public non-sealed interface FunctionValue extends Value {
  String name();

  /** The value in Python's notation. */
  default String repr() {
    return "<function " + name() + ">";
  }

  /** The value as text. */
  default String str() {
    return repr();
  }

  /** What Python calls its type. */
  default String typeName() {
    return "function";
  }

  /** Its order with another value, empty where there is none. */
  default OptionalInt compareTo(Value other) {
    return OptionalInt.empty();
  }

  /** What stands for it in JSON, or null where nothing can. */
  default String json() {
    return null;
  }

  Value call(List<Value> positional, Map<String, Value> named);
}
