package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Expression;
import dev.molt.runner.module.ModuleException;

/** Whether what a condition came to counts as true. */
final class Truths {
  private Truths() {}

  static boolean of(Value value, Expression condition) throws ModuleException {
    if (value instanceof UndefinedValue undefined) {
      throw new ModuleException(undefined.message() + " (in: " + condition.text() + ")");
    }
    return !(value == BoolValue.FALSE
        || value == NullValue.NULL
        || (value instanceof StrValue s && s.text().isEmpty())
        || (value instanceof IntValue i && i.value().signum() == 0)
        || (value instanceof FloatValue f && f.value() == 0.0)
        || (value instanceof ListValue l && l.items().isEmpty())
        || (value instanceof MapValue m && m.entries().isEmpty()));
  }
}
