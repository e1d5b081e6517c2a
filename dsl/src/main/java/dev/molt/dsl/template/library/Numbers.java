package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.template.ops.Texts;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Conversion to numbers, as Python's {@code int()} and {@code float()} do it. */
final class Numbers {
  private static final int MAX_DIGITS = 4300;

  private Numbers() {}

  /** The value as an integer, or null where it is none. */
  static Value integer(Value value, int base) {
    if (value instanceof FloatValue f) {
      boolean finite = !Double.isNaN(f.value()) && !Double.isInfinite(f.value());
      return finite ? new IntValue(new BigDecimal(f.value()).toBigInteger()) : null;
    } else if (Ordering.number(value)) {
      return new IntValue(Arithmetic.integer(value));
    } else if (!(value instanceof dev.molt.dsl.value.StrValue)) {
      return null;
    }
    String text = Texts.strip(Python.str(value));
    if (text.length() > MAX_DIGITS) {
      return null;
    }
    try {
      return new IntValue(new BigInteger(digits(text, base), base));
    } catch (NumberFormatException e) {
      Value number = floating(value);
      return number == null ? null : integer(number, 10);
    }
  }

  /** Without Python's prefix for the base, and without underscores between digits. */
  private static String digits(String text, int base) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String sign = signed ? text.substring(0, 1) : "";
    String digits = text.substring(sign.length());
    String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : "\0";
    if (digits.regionMatches(true, 0, prefix, 0, 2)) {
      digits = digits.substring(2);
    }
    boolean wellPlaced = !digits.startsWith("_") && !digits.endsWith("_") && !digits.contains("__");
    boolean signs = digits.startsWith("-") || digits.startsWith("+");
    return signs ? "" : sign + (wellPlaced ? digits.replace("_", "") : digits);
  }

  /** The value as a float, or null where it is none. */
  static Value floating(Value value) {
    if (value instanceof FloatValue) {
      return value;
    } else if (Ordering.number(value)) {
      return new FloatValue(Arithmetic.toDouble(value));
    } else if (!(value instanceof dev.molt.dsl.value.StrValue)) {
      return null;
    }
    String text = Texts.strip(Python.str(value));
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> new FloatValue(Double.NaN);
      case "inf", "+inf", "infinity", "+infinity" -> new FloatValue(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> new FloatValue(Double.NEGATIVE_INFINITY);
      default -> decimal(text);
    };
  }

  private static Value decimal(String text) {
    boolean plain =
        text.length() <= MAX_DIGITS
            && text.matches("[-+]?([0-9]+(_[0-9]+)*\\.?[0-9_]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    return plain ? new FloatValue(Double.parseDouble(text.replace("_", ""))) : null;
  }
}
