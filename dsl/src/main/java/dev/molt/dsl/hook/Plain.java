package dev.molt.dsl.hook;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import groovy.lang.Closure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.FormatHelper;

/**
 * Values of the language as plain objects of Java's, and back: what scripts work with. A text that
 * comes back is a value; it is never evaluated again.
 */
public final class Plain {
  private static final BigInteger MIN = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final int DEEPEST = 100;

  /** It is thrown where a script says so: its trace leads to the line. */
  private static final class NoValue extends ValueException {
    private static final long serialVersionUID = 1L;

    NoValue(String message) {
      super(message, true);
    }
  }

  private Plain() {}

  /** As {@code println} in Groovy shows it; a map as {@code [a:1]}. */
  public static String text(Object plain) {
    return plain instanceof Map<?, ?> || plain instanceof Collection<?>
        ? FormatHelper.toString(plain)
        : String.valueOf(plain);
  }

  /** The entries of a mapping, with texts as keys; the caller may change it. */
  public static Map<String, Object> map(MapValue map) {
    Map<String, Object> entries = new LinkedHashMap<>();
    map.entries().forEach((key, item) -> entries.put(Python.str(key), of(item)));
    return entries;
  }

  /** Null for none and for what is not defined; mappings have texts as keys. */
  public static Object of(Value value) {
    if (value instanceof StrValue text) {
      return text.text();
    } else if (value instanceof BoolValue bool) {
      return bool.value();
    } else if (value instanceof IntValue number) {
      return number(number.value());
    } else if (value instanceof FloatValue number) {
      return number.value();
    } else if (value instanceof ListValue list) {
      List<Object> items = new ArrayList<>();
      list.items().forEach(item -> items.add(of(item)));
      return items;
    } else if (value instanceof MapValue map) {
      return map(map);
    } else if (value instanceof NullValue || value instanceof UndefinedValue || value == null) {
      return null;
    }
    return Python.str(value);
  }

  private static Object number(BigInteger number) {
    if (number.compareTo(MIN) >= 0 && number.compareTo(MAX) <= 0) {
      return number.intValue();
    }
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  /**
   * The value of an object.
   *
   * @throws ValueException for one that is no text, number, boolean, list or mapping of such
   */
  public static Value value(Object object) {
    return value(object, 0);
  }

  private static Value value(Object object, int depth) {
    if (depth > DEEPEST) {
      throw new NoValue("this is nested too deeply to be a value");
    } else if (object == null) {
      return NullValue.NULL;
    } else if (object instanceof Value value) {
      return value;
    } else if (object instanceof CharSequence || object instanceof Character) {
      return new StrValue(object.toString());
    } else if (object instanceof Boolean bool) {
      return BoolValue.of(bool);
    } else if (object instanceof BigInteger number) {
      return new IntValue(number);
    } else if (object instanceof BigDecimal
        || object instanceof Double
        || object instanceof Float) {
      return new FloatValue(((Number) object).doubleValue());
    } else if (object instanceof Number number) {
      return IntValue.of(number.longValue());
    } else if (object instanceof Map<?, ?> map) {
      MapValue made = MapValue.empty();
      map.forEach((key, item) -> made.put(String.valueOf(key), value(item, depth + 1)));
      return made;
    } else if (object instanceof Collection<?> items) {
      return ListValue.of(items.stream().map(item -> value(item, depth + 1)).toList());
    } else if (object instanceof Object[] items) {
      return value(Arrays.asList(items), depth);
    } else if (object instanceof Enum<?> name) {
      return new StrValue(name.name());
    }
    throw new NoValue(
        "a " + kind(object) + " is no value: texts, numbers, booleans, lists and maps are");
  }

  private static String kind(Object object) {
    String name = object.getClass().getSimpleName();
    return object instanceof Closure ? "closure" : name.isEmpty() ? "object" : name;
  }
}
