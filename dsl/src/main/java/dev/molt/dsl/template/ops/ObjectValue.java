package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A value with attributes that is neither a text, list nor dict: {@code loop}, a namespace. */
public interface ObjectValue extends FunctionValue {
  /** The value of an attribute, or null where there is none. */
  Value attribute(String name);

  Collection<String> attributeNames();

  /**
   * The result of an operator with this value on one side.
   *
   * @param left whether this is the left side
   * @return null where Python knows no such operation
   */
  default Value binary(String operator, Value other, boolean left) {
    return null;
  }

  @Override
  default String typeName() {
    return name();
  }

  @Override
  default Value call(List<Value> positional, Map<String, Value> named) {
    throw new ValueException("'" + name() + "' object is not callable");
  }
}
