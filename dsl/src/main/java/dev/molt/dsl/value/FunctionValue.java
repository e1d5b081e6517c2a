package dev.molt.dsl.value;

import java.util.List;
import java.util.Map;

/** Something a template can call: {@code range}, {@code lookup}, a macro. */
public non-sealed interface FunctionValue extends Value {
  String name();

  Value call(List<Value> positional, Map<String, Value> named);
}
