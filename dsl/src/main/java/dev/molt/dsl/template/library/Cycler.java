package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Gives its items in turn. */
final class Cycler implements ObjectValue {
  private final List<Value> items;
  private int at;

  Cycler(List<Value> items) {
    if (items.isEmpty()) {
      throw new ValueException("a cycler needs items");
    }
    this.items = List.copyOf(items);
  }

  @Override
  public String name() {
    return "cycler";
  }

  @Override
  public Collection<String> attributeNames() {
    return List.of("current", "next", "reset");
  }

  @Override
  public Value attribute(String name) {
    return switch (name) {
      case "current" -> items.get(at);
      case "next", "reset" -> new Step(this, name);
      default -> null;
    };
  }

  private record Step(Cycler cycler, String name) implements FunctionValue {
    @Override
    public Value call(List<Value> positional, Map<String, Value> named) {
      Value current = name.equals("next") ? cycler.items.get(cycler.at) : NullValue.NULL;
      cycler.at = name.equals("next") ? (cycler.at + 1) % cycler.items.size() : 0;
      return current;
    }
  }
}
