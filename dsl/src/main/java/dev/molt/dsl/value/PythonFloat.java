package dev.molt.dsl.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floats in Python's notation. (Java's differs, and before Java 19 was not the shortest.) */
final class PythonFloat {
  private static final int MAX_DIGITS = 17;

  private PythonFloat() {}

  /** The shortest text that reads back as the same number, as {@code repr} gives it. */
  static String repr(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      boolean negativeZero = value == 0 && 1 / value < 0;
      return (negativeZero ? "-0" : Long.toString((long) value)) + ".0";
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= MAX_DIGITS; digits++) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shortest.doubleValue() == value) {
        break;
      }
    }
    return notation(shortest.stripTrailingZeros());
  }

  /** Python writes an exponent from 1e16 up and below 1e-4. */
  private static String notation(BigDecimal number) {
    String digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    StringBuilder out = new StringBuilder(number.signum() < 0 ? "-" : "");
    if (exponent >= 16 || exponent < -4) {
      out.append(digits.charAt(0));
      if (digits.length() > 1) {
        out.append('.').append(digits, 1, digits.length());
      }
      out.append(exponent < 0 ? "e-" : "e+");
      return out.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent)).toString();
    }
    String plain = number.abs().toPlainString();
    return out.append(plain).append(plain.indexOf('.') < 0 ? ".0" : "").toString();
  }
}
