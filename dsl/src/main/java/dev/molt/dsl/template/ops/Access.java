package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Attributes, items and methods of values. */
public final class Access {
  private Access() {}

  /** {@code value.name}: a method first, then a key; for a list, an index. */
  public static Value attribute(Value value, String name) {
    if (isMethod(value, name)) {
      return new Method(value, name);
    } else if (value instanceof MapValue map) {
      Value found = map.get(name);
      return found != null ? found : missing(map, name);
    } else if (value instanceof ObjectValue object) {
      Value found = object.attribute(name);
      return found != null ? found : noAttribute(value, name);
    } else if (index(name)) {
      return item(value, new IntValue(new BigInteger(name)));
    }
    return noAttribute(value, name);
  }

  private static boolean index(String name) {
    return !name.isEmpty()
        && name.length() < 10
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** {@code value[key]}: a key or an index first, then a method. */
  public static Value item(Value value, Value key) {
    if (value instanceof MapValue map) {
      Value found = map.find(key(key));
      if (found != null) {
        return found;
      }
      String name = Python.str(key);
      return key instanceof StrValue && isMethod(value, name)
          ? new Method(value, name)
          : missing(map, name);
    } else if (key instanceof IntValue index) {
      return element(value, index.value());
    } else if (key instanceof StrValue name) {
      return attribute(value, name.text());
    }
    return UndefinedValue.of(Python.typeName(value) + " object has no element " + Python.repr(key));
  }

  private static Value element(Value value, BigInteger index) {
    int size =
        value instanceof ListValue list
            ? list.items().size()
            : value instanceof StrValue text ? Texts.length(text.text()) : 0;
    BigInteger from = index.signum() < 0 ? index.add(BigInteger.valueOf(size)) : index;
    if (from.signum() < 0 || from.compareTo(BigInteger.valueOf(size)) >= 0) {
      return UndefinedValue.of(Python.typeName(value) + " object has no element " + index);
    }
    int i = from.intValue();
    return value instanceof StrValue text
        ? Secrets.text(Texts.part(text.text(), i, i + 1), text.secret())
        : ((ListValue) value).items().get(i);
  }

  private static Value missing(MapValue map, String name) {
    return map.unknown()
        .map(reason -> new UndefinedValue("'" + name + "' is not known: " + reason, true))
        .orElseGet(() -> (UndefinedValue) noAttribute(map, name));
  }

  private static Value noAttribute(Value value, String name) {
    return UndefinedValue.of(
        "'" + Python.typeName(value) + " object' has no attribute '" + name + "'");
  }

  /** A value as a key of a dict, where it can be one. */
  public static Value key(Value value) {
    boolean tuple = value instanceof ListValue list && list.kind() == ListValue.Kind.TUPLE;
    if (!tuple && (value instanceof ListValue || value instanceof MapValue)) {
      throw new ValueException("unhashable type: '" + Python.typeName(value) + "'");
    }
    return value;
  }

  /** The names a value has attributes under, for suggestions. */
  public static Collection<String> attributeNames(Value value) {
    List<String> names = new ArrayList<>();
    if (value instanceof MapValue map) {
      map.entries().keySet().stream()
          .filter(StrValue.class::isInstance)
          .forEach(key -> names.add(Python.str(key)));
    } else if (value instanceof ObjectValue object) {
      names.addAll(object.attributeNames());
    } else {
      names.addAll(methods(value));
    }
    return names;
  }

  public static boolean isMethod(Value value, String name) {
    return methods(value).contains(name);
  }

  private static Collection<String> methods(Value value) {
    if (value instanceof StrValue) {
      return StringMethods.NAMES;
    } else if (value instanceof MapValue) {
      return MapMethods.NAMES;
    } else if (value instanceof ListValue list) {
      return list.kind() == ListValue.Kind.LIST ? ListMethods.NAMES : ListMethods.TUPLE_NAMES;
    } else if (value instanceof IntValue || value instanceof FloatValue) {
      return NumberMethods.NAMES;
    }
    return List.of();
  }

  /** Calls a method that {@link #isMethod} knows. */
  public static Value callMethod(
      Value value, String name, List<Value> positional, Map<String, Value> named) {
    MethodCall call = new MethodCall(name, positional, named);
    if (value instanceof StrValue text) {
      Value result = StringMethods.call(text.text(), name, call);
      boolean secret = text.secret() || positional.stream().anyMatch(Secrets::holds);
      return secret || named.values().stream().anyMatch(Secrets::holds)
          ? Secrets.mark(result)
          : result;
    } else if (value instanceof MapValue map) {
      return MapMethods.call(map, name, call);
    } else if (value instanceof ListValue list) {
      return ListMethods.call(list, name, call);
    }
    return NumberMethods.call(value, name, call);
  }

  /** A method without its call. */
  private record Method(Value value, String name) implements FunctionValue {
    @Override
    public Value call(List<Value> positional, Map<String, Value> named) {
      return callMethod(value, name, positional, named);
    }
  }
}
