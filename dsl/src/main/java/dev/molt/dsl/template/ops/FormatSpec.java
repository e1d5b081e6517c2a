package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers and texts padded and rounded, as both of Python's ways to format ask for. */
final class FormatSpec {
  private static final int MAX_WIDTH = 1 << 20;
  private static final int MAX_PRECISION = 1 << 12;

  String fill = " ";
  char align;
  String sign = "-";
  boolean alternate;
  String grouping = "";
  int width;
  int precision = -1;
  char type;

  /** Reads digits from a format; leaves the index after them. */
  static int digits(String format, int[] at) {
    int value = 0;
    while (at[0] < format.length() && Character.isDigit(format.charAt(at[0]))) {
      value = value * 10 + Character.digit(format.charAt(at[0]++), 10);
      if (value > MAX_WIDTH) {
        throw new ValueException("the width or precision of the format is too large");
      }
    }
    return value;
  }

  /** An integer in the base that the type asks for. */
  String integer(BigInteger value) {
    int base = type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : type == 'b' ? 2 : 10;
    String digits = value.abs().toString(base);
    digits = type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
    if (precision > digits.length()) {
      digits = "0".repeat(bounded(precision) - digits.length()) + digits;
    }
    String prefix = alternate && base != 10 ? "0" + type : "";
    return number(value.signum() < 0, prefix, group(digits, base == 10 ? 3 : 4));
  }

  String floating(double value) {
    boolean upper = Character.isUpperCase(type);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      String name = Double.isNaN(value) ? "nan" : "inf";
      return number(value < 0, "", upper ? name.toUpperCase(Locale.ROOT) : name);
    }
    boolean negative = value < 0 || (value == 0 && 1 / value < 0);
    double amount = Math.abs(value);
    boolean percent = type == '%';
    int places = precision < 0 ? 6 : bounded(precision);
    String digits =
        switch (Character.toLowerCase(type)) {
          case 'f', '%' -> fixed(percent ? amount * 100 : amount, places);
          case 'e' -> scientific(amount, places);
          case 'g' -> general(amount, Math.max(1, places));
          default ->
              precision < 0
                  ? Python.repr(new FloatValue(amount))
                  : general(amount, Math.max(1, places));
        };
    int point = digits.indexOf('.');
    String whole = point < 0 ? digits : digits.substring(0, point);
    String rest = point < 0 ? "" : digits.substring(point);
    String text = (grouping.isEmpty() ? whole : group(whole, 3)) + rest + (percent ? "%" : "");
    return number(negative, "", upper ? text.toUpperCase(Locale.ROOT) : text);
  }

  private static String fixed(double amount, int places) {
    return new BigDecimal(amount).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String scientific(double amount, int places) {
    BigDecimal rounded =
        amount == 0
            ? BigDecimal.ZERO
            : new BigDecimal(amount).round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int exponent = amount == 0 ? 0 : digits.length() - 1 - rounded.scale();
    StringBuilder padded = new StringBuilder(digits);
    while (padded.length() <= places) {
      padded.append('0');
    }
    String fraction = places > 0 ? "." + padded.substring(1, places + 1) : "";
    String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
    return padded.charAt(0) + fraction + "e" + power + Math.abs(exponent);
  }

  private String general(double amount, int digits) {
    String text = scientific(amount, digits - 1);
    int exponent = Integer.parseInt(text.substring(text.indexOf('e') + 1));
    if (exponent >= -4 && exponent < digits) {
      text = fixed(amount, Math.max(0, digits - 1 - exponent));
      return alternate || text.indexOf('.') < 0 ? text : text.replaceAll("\\.?0+$", "");
    }
    int mark = text.indexOf('e');
    String mantissa = text.substring(0, mark);
    boolean trim = !alternate && mantissa.indexOf('.') >= 0;
    return (trim ? mantissa.replaceAll("\\.?0+$", "") : mantissa) + text.substring(mark);
  }

  private static int bounded(int places) {
    if (places > MAX_PRECISION) {
      throw new ValueException("the precision of the format is too large");
    }
    return places;
  }

  private String group(String digits, int size) {
    if (grouping.isEmpty()) {
      return digits;
    }
    StringBuilder out = new StringBuilder(digits);
    for (int i = digits.length() - size; i > 0; i -= size) {
      out.insert(i, grouping);
    }
    return out.toString();
  }

  private String number(boolean negative, String prefix, String digits) {
    String lead = (negative ? "-" : sign.equals("-") ? "" : sign) + prefix;
    int missing = width - Texts.length(lead + digits);
    if (align == '=' && missing > 0) {
      return lead + fill.repeat(missing) + digits;
    }
    return pad(lead + digits, '>');
  }

  /** Pads to the width. */
  String pad(String text, char usual) {
    int missing = width - Texts.length(text);
    if (missing <= 0) {
      return text;
    }
    char side = align == 0 || align == '=' ? usual : align;
    int left = side == '<' ? 0 : side == '>' ? missing : missing / 2;
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }

  /** A text, cut to the precision and padded. */
  String text(Value value) {
    String text = Python.str(value);
    if (precision >= 0 && precision < Texts.length(text)) {
      text = Texts.part(text, 0, precision);
    }
    return pad(text, '<');
  }
}
