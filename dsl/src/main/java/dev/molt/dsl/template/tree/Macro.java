package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
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
    refuse(positional, more, caller);
    inner.set(
        "varargs",
        new ListValue(positional.subList(taken, positional.size()), ListValue.Kind.TUPLE));
    inner.set("kwargs", MapValue.ofStrings(more));
    inner.set("caller", caller == null ? UndefinedValue.of("there is no caller") : caller);
    Output out = new Output();
    frame.step();
    frame.evaluation().enter();
    statement.body().run(inner, out);
    frame.evaluation().leave();
    return out.text();
  }

  private void refuse(List<Value> positional, Map<String, Value> more, Value caller) {
    int parameters = statement.parameters().size();
    if (positional.size() > parameters && !statement.uses().contains("varargs")) {
      throw new ValueException(
          "macro '" + name() + "' takes not more than " + parameters + " argument(s)");
    } else if (!more.isEmpty() && !statement.uses().contains("kwargs")) {
      throw new ValueException(
          "macro '"
              + name()
              + "' takes no keyword argument '"
              + more.keySet().iterator().next()
              + "'");
    } else if (caller != null && !statement.uses().contains("caller")) {
      throw new ValueException(
          "macro '" + name() + "' cannot be called with a block: it does not use caller()");
    }
  }

  @Override
  public Collection<String> attributeNames() {
    return List.of("name", "arguments", "catch_varargs", "catch_kwargs", "caller");
  }

  @Override
  public Value attribute(String name) {
    return switch (name) {
      case "name" -> new StrValue(statement.name());
      case "arguments" ->
          new ListValue(ListValue.ofStrings(statement.parameters()).items(), ListValue.Kind.TUPLE);
      case "catch_varargs" -> Value.of(statement.uses().contains("varargs"));
      case "catch_kwargs" -> Value.of(statement.uses().contains("kwargs"));
      case "caller" -> Value.of(statement.uses().contains("caller"));
      default -> null;
    };
  }
}
