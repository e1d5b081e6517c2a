package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.SettableValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** An object whose attributes {@code set} can set, also from within a loop. */
record Namespace(MapValue values) implements SettableValue {
  @Override
  public String name() {
    return "namespace";
  }

  @Override
  public Value attribute(String name) {
    return values.get(name);
  }

  @Override
  public Collection<String> attributeNames() {
    List<String> names = new ArrayList<>();
    values.entries().keySet().forEach(key -> names.add(Python.str(key)));
    return names;
  }

  @Override
  public void set(String name, Value value) {
    values.put(name, value);
  }
}
