package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code '{:>5} {name}'.format(...)}. */
public final class StrFormat {
  private final List<Value> positional;
  private final Map<String, Value> named;
  private int next;

  private StrFormat(List<Value> positional, Map<String, Value> named) {
    this.positional = positional;
    this.named = named;
  }

  public static String format(String format, List<Value> positional, Map<String, Value> named) {
    return new StrFormat(positional, named).expand(format, 0);
  }

  /** A dict as arguments by name. */
  static Map<String, Value> names(Value value) {
    Map<String, Value> names = new LinkedHashMap<>();
    if (value instanceof MapValue map) {
      map.entries().forEach((key, item) -> names.put(Python.str(key), item));
      return names;
    }
    throw new ValueException("format_map() needs a dict");
  }

  private String expand(String format, int depth) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && doubled && depth == 0) {
        out.append(c);
        i++;
      } else if (c == '{') {
        int end = end(format, i);
        out.append(field(format.substring(i + 1, end), depth));
        i = end;
      } else if (c == '}') {
        throw new ValueException("Single '}' encountered in format string");
      } else {
        out.append(c);
      }
      Iteration.bounded(out.length(), Python.MAX_TEXT);
    }
    return out.toString();
  }

  private static int end(String format, int start) {
    int depth = 0;
    for (int i = start; i < format.length(); i++) {
      depth += format.charAt(i) == '{' ? 1 : format.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new ValueException("expected '}' before end of string");
  }

  private String field(String field, int depth) {
    if (depth > 1) {
      throw new ValueException("Max string recursion exceeded");
    }
    int colon = field.indexOf(':');
    String spec = colon < 0 ? "" : expand(field.substring(colon + 1), depth + 1);
    String name = colon < 0 ? field : field.substring(0, colon);
    int mark = name.indexOf('!');
    String conversion = mark < 0 ? "" : name.substring(mark + 1);
    Value value = value(mark < 0 ? name : name.substring(0, mark));
    if (conversion.equals("r") || conversion.equals("a")) {
      value = new StrValue(Python.repr(value));
    } else if (conversion.equals("s")) {
      value = Python.text(value);
    } else if (mark >= 0) {
      throw new ValueException("Unknown conversion specifier '" + conversion + "'");
    }
    return format(value, spec);
  }

  private Value value(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    String first = path.substring(0, end);
    Value value;
    if (first.isEmpty() || first.chars().allMatch(Character::isDigit)) {
      int index = first.isEmpty() ? next++ : first.length() > 6 ? -1 : Integer.parseInt(first);
      if (index < 0 || index >= positional.size()) {
        throw new ValueException(
            "Replacement index " + index + " out of range for positional args");
      }
      value = positional.get(index);
    } else {
      value = named.get(first);
      if (value == null) {
        throw new ValueException("format() is given no '" + first + "'");
      }
    }
    while (end < path.length()) {
      boolean item = path.charAt(end) == '[';
      int from = end + 1;
      end = item ? path.indexOf(']', from) : from;
      if (end < 0) {
        throw new ValueException("Missing ']' in format string");
      }
      while (!item && end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
        end++;
      }
      value = Access.attribute(value, path.substring(from, end));
      if (value instanceof UndefinedValue undefined) {
        throw new ValueException(undefined);
      }
      end += item ? 1 : 0;
    }
    return value;
  }

  private static String format(Value value, String text) {
    FormatSpec spec = parse(text);
    if (spec.type == 's'
        || !Ordering.number(value)
        || (spec.type == 0 && value instanceof BoolValue)) {
      if (spec.type != 0 && spec.type != 's') {
        throw new ValueException(
            "Unknown format code '"
                + spec.type
                + "' for object of type '"
                + Python.typeName(value)
                + "'");
      }
      return spec.text(value);
    } else if (spec.type == 'c') {
      return spec.pad(Character.toString(Arithmetic.integer(value).intValue() & 0xffff), '<');
    } else if (value instanceof FloatValue
        || "eEfFgG%".indexOf(spec.type) > 0
        || spec.type == 'e') {
      return spec.floating(Arithmetic.toDouble(value));
    }
    BigInteger integer = value instanceof IntValue i ? i.value() : Arithmetic.integer(value);
    return spec.integer(integer);
  }

  private static FormatSpec parse(String text) {
    FormatSpec spec = new FormatSpec();
    int[] at = {0};
    if (text.length() > 1 && "<>=^".indexOf(text.charAt(1)) >= 0) {
      spec.fill = text.substring(0, 1);
      spec.align = text.charAt(1);
      at[0] = 2;
    } else if (!text.isEmpty() && "<>=^".indexOf(text.charAt(0)) >= 0) {
      spec.align = text.charAt(0);
      at[0] = 1;
    }
    if (peek(text, at, "+- ")) {
      spec.sign = text.substring(at[0], ++at[0]);
    }
    if (peek(text, at, "#")) {
      spec.alternate = true;
      at[0]++;
    }
    if (peek(text, at, "0") && spec.align == 0) {
      spec.fill = "0";
      spec.align = '=';
    }
    spec.width = FormatSpec.digits(text, at);
    if (peek(text, at, ",_")) {
      spec.grouping = text.substring(at[0], ++at[0]);
    }
    if (peek(text, at, ".")) {
      at[0]++;
      spec.precision = FormatSpec.digits(text, at);
    }
    if (peek(text, at, "bcdeEfFgGnosxX%")) {
      spec.type = text.charAt(at[0]++);
    }
    if (at[0] < text.length()) {
      throw new ValueException("Invalid format specifier '" + text + "'");
    }
    return spec;
  }

  private static boolean peek(String text, int[] at, String any) {
    return at[0] < text.length() && any.indexOf(text.charAt(at[0])) >= 0;
  }
}
