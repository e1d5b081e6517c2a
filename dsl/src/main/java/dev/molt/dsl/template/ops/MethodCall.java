package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;
import java.util.Map;

/** The arguments of a call of a method. */
record MethodCall(String name, List<Value> positional, Map<String, Value> named) {
  MethodCall {
    for (Value value : positional) {
      if (value instanceof UndefinedValue u) {
        throw new ValueException(u);
      }
    }
  }

  /** Refuses a wrong number of arguments. */
  MethodCall takes(int least, int most) {
    int count = positional.size() + named.size();
    if (count < least || count > most) {
      throw new ValueException(
          name
              + "() takes "
              + (least == most ? "" : least + " to ")
              + most
              + " arguments, but "
              + count
              + " are given");
    }
    return this;
  }

  /** An argument, or null where it is not given. */
  Value arg(int index, String argument) {
    return index < positional.size() ? positional.get(index) : named.get(argument);
  }

  String text(int index, String argument, String otherwise) {
    Value value = arg(index, argument);
    if (value == null || value instanceof NullValue) {
      return otherwise;
    } else if (value instanceof StrValue text) {
      return text.text();
    }
    throw new ValueException(name + "() argument must be str, not " + Python.typeName(value));
  }

  int number(int index, String argument, int otherwise) {
    Value value = arg(index, argument);
    if (value == null || value instanceof NullValue) {
      return otherwise;
    } else if (value instanceof IntValue i) {
      // Past 32 bits every index is simply far out.
      return i.value().bitLength() < 31
          ? i.value().intValue()
          : i.value().signum() < 0 ? Integer.MIN_VALUE / 2 : Integer.MAX_VALUE / 2;
    } else if (value instanceof BoolValue b) {
      return b.value() ? 1 : 0;
    }
    throw new ValueException(
        "'" + Python.typeName(value) + "' object cannot be interpreted as an integer");
  }
}
