package dev.molt.dsl.template.library;

import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.List;
import java.util.Map;

/** Gives an empty text when first called, its separator from then on. */
final class Joiner implements FunctionValue {
  private final String separator;
  private boolean used;

  Joiner(String separator) {
    this.separator = separator;
  }

  @Override
  public String name() {
    return "joiner";
  }

  @Override
  public Value call(List<Value> positional, Map<String, Value> named) {
    Value next = used ? new StrValue(separator) : StrValue.EMPTY;
    used = true;
    return next;
  }
}
