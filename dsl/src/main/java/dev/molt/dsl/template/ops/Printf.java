package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** {@code '%s:%05d' % (a, b)}. */
public final class Printf {
  private final String format;
  private final Value arguments;
  private final List<Value> list;
  private int used;
  private boolean byName;

  private Printf(String format, Value arguments) {
    this.format = format;
    this.arguments = arguments;
    boolean many = arguments instanceof ListValue l && l.kind() == ListValue.Kind.TUPLE;
    this.list = many ? ((ListValue) arguments).items() : List.of(arguments);
  }

  public static String format(String format, Value arguments) {
    return new Printf(format, arguments).run();
  }

  private String run() {
    StringBuilder out = new StringBuilder();
    int[] at = {0};
    while (at[0] < format.length()) {
      char c = format.charAt(at[0]++);
      if (c != '%') {
        out.append(c);
      } else if (at[0] < format.length() && format.charAt(at[0]) == '%') {
        out.append('%');
        at[0]++;
      } else {
        out.append(conversion(at));
      }
      Iteration.bounded(out.length(), Python.MAX_TEXT);
    }
    if (!byName && !(arguments instanceof MapValue) && used < list.size()) {
      throw new ValueException("not all arguments converted during string formatting");
    }
    return out.toString();
  }

  private String conversion(int[] at) {
    Value value = null;
    if (peek(at) == '(') {
      int end = format.indexOf(')', at[0]);
      if (end < 0) {
        throw new ValueException("incomplete format key");
      }
      value = named(format.substring(at[0] + 1, end));
      at[0] = end + 1;
    }
    FormatSpec spec = new FormatSpec();
    boolean left = false;
    boolean zeros = false;
    for (char flag = peek(at); "-+ #0".indexOf(flag) >= 0; flag = peek(at)) {
      left |= flag == '-';
      zeros |= flag == '0';
      spec.alternate |= flag == '#';
      spec.sign = flag == '+' || (flag == ' ' && spec.sign.equals("-")) ? "" + flag : spec.sign;
      at[0]++;
    }
    spec.width = size(at);
    if (peek(at) == '.') {
      at[0]++;
      spec.precision = size(at);
    }
    while (peek(at) == 'l' || peek(at) == 'h' || peek(at) == 'L') {
      at[0]++;
    }
    char type = peek(at);
    at[0]++;
    spec.align = left ? '<' : zeros && "srac".indexOf(type) < 0 ? '=' : '>';
    spec.fill = spec.align == '=' ? "0" : " ";
    return convert(spec, type, value == null ? next() : value);
  }

  private static String convert(FormatSpec spec, char type, Value value) {
    return switch (type) {
      case 's' -> spec.text(value);
      case 'r', 'a' -> spec.text(new StrValue(Python.repr(value)));
      case 'c' ->
          spec.text(
              value instanceof IntValue i
                  ? new StrValue(Character.toString(i.value().intValue() & 0xffff))
                  : value);
      case 'd', 'i', 'u', 'x', 'X', 'o' -> {
        spec.type = type == 'x' || type == 'X' || type == 'o' ? type : 'd';
        yield spec.integer(integer(type, value));
      }
      case 'e', 'E', 'f', 'F', 'g', 'G' -> {
        spec.type = type;
        requireNumber(type, value);
        yield spec.floating(Arithmetic.toDouble(value));
      }
      case '\0' -> throw new ValueException("incomplete format");
      default -> throw new ValueException("unsupported format character '" + type + "'");
    };
  }

  private static BigInteger integer(char type, Value value) {
    requireNumber(type, value);
    if (!(value instanceof FloatValue f)) {
      return Arithmetic.integer(value);
    } else if (Double.isNaN(f.value()) || Double.isInfinite(f.value())) {
      throw new ValueException("cannot convert float " + Python.repr(f) + " to integer");
    }
    return new BigDecimal(f.value()).toBigInteger();
  }

  private static void requireNumber(char type, Value value) {
    if (!Ordering.number(value)) {
      throw new ValueException(
          "%" + type + " format: a number is required, not " + Python.typeName(value));
    }
  }

  private Value named(String name) {
    byName = true;
    if (!(arguments instanceof MapValue map)) {
      throw new ValueException("format requires a mapping");
    }
    Value value = map.get(name);
    if (value == null) {
      throw new ValueException("the format asks for '" + name + "', which is not given");
    }
    return value;
  }

  private Value next() {
    if (used >= list.size()) {
      throw new ValueException("not enough arguments for format string");
    }
    return list.get(used++);
  }

  private int size(int[] at) {
    if (peek(at) != '*') {
      return FormatSpec.digits(format, at);
    }
    at[0]++;
    int size = integer('*', next()).min(BigInteger.valueOf(4096)).intValue();
    return Math.max(0, size);
  }

  private char peek(int[] at) {
    return at[0] < format.length() ? format.charAt(at[0]) : '\0';
  }
}
