package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.template.ops.SettableValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;

/**
 * What a value is given to: a name, several names, or an attribute of a namespace.
 *
 * @param place for error messages
 * @param attribute null unless the first name is a namespace
 */
public record Target(Expr place, List<Target> parts, String name, String attribute) {
  void assign(Frame frame, Value value) {
    if (!parts.isEmpty()) {
      unpack(frame, value);
    } else if (attribute == null) {
      frame.set(name, value);
    } else if (frame.local(name) instanceof SettableValue namespace) {
      namespace.set(attribute, value);
    } else {
      throw frame.error(
          place,
          "only the attributes of a namespace can be set",
          "write {% set x = namespace() %}");
    }
  }

  private void unpack(Frame frame, Value value) {
    List<Value> values;
    try {
      values = Iteration.items(value);
    } catch (ValueException e) {
      throw frame.error(place, e);
    }
    if (values.size() != parts.size()) {
      String what = value instanceof UndefinedValue ? "" : " of a " + Python.typeName(value);
      throw frame.error(
          place, values.size() + " values" + what + " for " + parts.size() + " names", null);
    }
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).assign(frame, values.get(i));
    }
  }

  void check(Checker checker) {
    parts.forEach(part -> part.check(checker));
    if (parts.isEmpty() && attribute == null) {
      checker.bind(name);
    } else if (parts.isEmpty()) {
      checker.name(place, name);
    }
  }
}
