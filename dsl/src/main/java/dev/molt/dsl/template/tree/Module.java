package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.Value;
import java.util.Collection;

/** An imported template: the names it has set. */
record Module(String name, Frame frame) implements ObjectValue {
  @Override
  public Value attribute(String attribute) {
    return attribute.startsWith("_") ? null : frame.locals().get(attribute);
  }

  @Override
  public Collection<String> attributeNames() {
    return frame.locals().keySet();
  }
}
