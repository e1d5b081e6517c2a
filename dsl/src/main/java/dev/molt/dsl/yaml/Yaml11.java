package dev.molt.dsl.yaml;

import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plain scalar is under YAML 1.1 as PyYAML implements it, since those are the values that
 * Ansible sees: {@code yes} is true, {@code 0644} is 420, {@code 1:30} is 90, and {@code 1e3},
 * {@code 0o17} and {@code y} are texts.
 */
final class Yaml11 {
  /** The longest integer, as in Python; it also keeps the conversion's quadratic time harmless. */
  static final int MAX_DIGITS = 4300;

  private static final BigInteger SIXTY = BigInteger.valueOf(60);
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Map<String, Boolean> BOOLS =
      Map.of("yes", true, "no", false, "true", true, "false", false, "on", true, "off", false);
  private static final Pattern PLAIN_INT = Pattern.compile("[-+]?[0-9][0-9_]*+");
  private static final Pattern INT =
      Pattern.compile(
          "[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+"
              + "|[1-9][0-9_]*(?::[0-5]?[0-9])+)");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private Yaml11() {}

  static Value resolve(String text) {
    if (NULLS.contains(text)) {
      return NullValue.NULL;
    }
    char first = text.charAt(0);
    if ("-+.0123456789".indexOf(first) >= 0) {
      return parse("int", text).or(() -> parse("float", text)).orElseGet(() -> new StrValue(text));
    }
    return parse("bool", text).orElseGet(() -> new StrValue(text));
  }

  static boolean isOversizedInt(String text) {
    return text.length() > MAX_DIGITS && PLAIN_INT.matcher(text).matches();
  }

  /** The value of a text that has to be of this type; empty where it is not. */
  static Optional<Value> parse(String type, String text) {
    if (text.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    return switch (type) {
      case "null" -> Optional.of(NullValue.NULL).filter(n -> NULLS.contains(text)).map(n -> n);
      case "bool" -> bool(text);
      case "int" -> integer(text);
      case "float" -> floating(text);
      default -> Optional.empty();
    };
  }

  private static Optional<Value> bool(String text) {
    if (text.isEmpty() || text.length() > 5) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    String capital = Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    boolean spelling = List.of(lower, capital, lower.toUpperCase(Locale.ROOT)).contains(text);
    return spelling ? Optional.ofNullable(BOOLS.get(lower)).map(Value::of) : Optional.empty();
  }

  private static Optional<Value> integer(String text) {
    if (!INT.matcher(text).matches()) {
      return Optional.empty();
    }
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    BigInteger value;
    if (digits.startsWith("0b") || digits.startsWith("0x")) {
      if (digits.length() == 2) {
        return Optional.empty();
      }
      value = new BigInteger(digits.substring(2), digits.charAt(1) == 'b' ? 2 : 16);
    } else if (digits.startsWith("0")) {
      value = new BigInteger(digits, 8);
    } else {
      value = BigInteger.ZERO;
      for (String part : digits.split(":")) {
        value = value.multiply(SIXTY).add(new BigInteger(part));
      }
    }
    return Optional.of(new IntValue(negative ? value.negate() : value));
  }

  private static Optional<Value> floating(String text) {
    if (!FLOAT.matcher(text).matches()) {
      return Optional.empty();
    }
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    double value;
    if (digits.equals(".inf")) {
      value = Double.POSITIVE_INFINITY;
    } else if (digits.equals(".nan")) {
      value = Double.NaN;
    } else {
      value = 0;
      for (String part : digits.split(":")) {
        value = value * 60 + Double.parseDouble(part);
      }
    }
    return Optional.of(new FloatValue(negative ? -value : value));
  }
}
