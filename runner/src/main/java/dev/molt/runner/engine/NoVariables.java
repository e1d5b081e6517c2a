package dev.molt.runner.engine;

import dev.molt.dsl.template.Scope;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.Collection;
import java.util.List;

/** For what is evaluated before there are any variables. */
enum NoVariables implements Scope {
  INSTANCE;

  @Override
  public Value lookup(String name) {
    return UndefinedValue.name(name);
  }

  @Override
  public Collection<String> names() {
    return List.of();
  }
}
