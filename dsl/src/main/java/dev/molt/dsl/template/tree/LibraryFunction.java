package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.Library;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.Value;
import java.util.List;
import java.util.Map;

/** A function of the library, as a value; it belongs to the evaluation that named it. */
record LibraryFunction(Library.Entry entry, Frame frame) implements FunctionValue {
  @Override
  public String name() {
    return entry.name();
  }

  @Override
  public Value call(List<Value> positional, Map<String, Value> named) {
    return entry.call(Library.NO_SUBJECT, positional, named, frame);
  }
}
