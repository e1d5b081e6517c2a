package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.Value;

/** An object whose attributes a template can set: a namespace. */
public interface SettableValue extends ObjectValue {
  void set(String name, Value value);
}
