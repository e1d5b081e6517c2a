package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A macro with the names it was defined among. */
record Macro(MacroStmt statement, Frame frame) implements ObjectValue {
  @Override
  public String name() {
    return statement.name();
  }

  @Override
  public Value call(List<Value> positional, Map<String, Value> named) {
    Frame inner = frame.inner();
    Map<String, Value> more = new LinkedHashMap<>(named);
    Value caller = more.remove("caller");
    List<String> parameters = statement.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      String parameter = parameters.get(i);
      Value value = i < positional.size() ? positional.get(i) : more.remove(parameter);
      if (value == null) {
        value = statement.defaultOf(i, inner);
      }
      String missing = "parameter '" + parameter + "' was not provided";
      inner.set(parameter, value == null ? UndefinedValue.of(missing) : value);
    }
    int taken = Math.min(parameters.size(), positional.size());
    inner.set("varargs", ListValue.of(positional.subList(taken, positional.size())));
    inner.set("kwargs", MapValue.ofStrings(more));
    inner.set("caller", caller == null ? UndefinedValue.of("there is no caller") : caller);
    Output out = new Output();
    frame.step();
    frame.evaluation().enter();
    statement.body().run(inner, out);
    frame.evaluation().leave();
    return out.text();
  }

  @Override
  public Collection<String> attributeNames() {
    return List.of("name", "arguments");
  }

  @Override
  public Value attribute(String name) {
    return switch (name) {
      case "name" -> new StrValue(statement.name());
      case "arguments" -> ListValue.ofStrings(statement.parameters());
      default -> null;
    };
  }
}
