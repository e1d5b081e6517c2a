package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic: integers without bounds (to 1 MiB), floats, texts and lists. */
public final class Arithmetic {
  private static final int MAX_BITS = 1 << 20;

  private Arithmetic() {}

  /** {@code + - * / // % **}. */
  public static Value binary(String operator, Value a, Value b) {
    if (Ordering.number(a) && Ordering.number(b)) {
      return a instanceof FloatValue || b instanceof FloatValue || operator.equals("/")
          ? floats(operator, a, b)
          : integers(operator, integer(a), integer(b));
    } else if (operator.equals("+") && !(a instanceof ObjectValue)) {
      return plus(a, b);
    } else if (operator.equals("*")) {
      if (b instanceof IntValue || b instanceof BoolValue) {
        return repeat(a, integer(b));
      } else if (a instanceof IntValue || a instanceof BoolValue) {
        return repeat(b, integer(a));
      }
    } else if (operator.equals("%") && a instanceof StrValue format) {
      return Secrets.text(Printf.format(format.text(), b), format.secret() || Secrets.holds(b));
    }
    Value result = a instanceof ObjectValue object ? object.binary(operator, b, true) : null;
    result = result == null && b instanceof ObjectValue o ? o.binary(operator, a, false) : result;
    if (result != null) {
      return result;
    }
    throw unsupported(operator, a, b);
  }

  /** {@code -a} and {@code +a}. */
  public static Value sign(String operator, Value a) {
    boolean minus = operator.equals("-");
    if (a instanceof FloatValue f) {
      return minus ? new FloatValue(-f.value()) : f;
    } else if (Ordering.number(a)) {
      return new IntValue(minus ? integer(a).negate() : integer(a));
    }
    throw new ValueException("bad operand type for unary " + operator + ": '" + type(a) + "'");
  }

  public static BigInteger integer(Value number) {
    if (number instanceof IntValue i) {
      return i.value();
    } else if (number instanceof BoolValue b) {
      return b.value() ? BigInteger.ONE : BigInteger.ZERO;
    }
    throw new ValueException("needs an integer, not " + Python.typeName(number));
  }

  public static double toDouble(Value number) {
    if (number instanceof FloatValue f) {
      return f.value();
    }
    double value = integer(number).doubleValue();
    if (Double.isInfinite(value)) {
      throw new ValueException("int too large to convert to float");
    }
    return value;
  }

  private static Value plus(Value a, Value b) {
    if (a instanceof StrValue x && b instanceof StrValue y) {
      Iteration.bounded((long) x.text().length() + y.text().length(), Python.MAX_TEXT);
      return Secrets.text(x.text().concat(y.text()), x.secret() || y.secret());
    } else if (a instanceof ListValue x && b instanceof ListValue y && x.kind() == y.kind()) {
      long size = (long) x.items().size() + y.items().size();
      List<Value> all = new ArrayList<>(Iteration.bounded(size, Iteration.MAX_ITEMS));
      all.addAll(x.items());
      all.addAll(y.items());
      return new ListValue(all, x.kind());
    } else if (a instanceof ListValue || a instanceof StrValue) {
      throw new ValueException(
          String.format("can only concatenate %s (not \"%s\") to %s", type(a), type(b), type(a)),
          a instanceof StrValue ? "join texts and numbers with ~ instead of +" : null);
    }
    throw unsupported("+", a, b);
  }

  private static Value repeat(Value a, BigInteger times) {
    int count = times.signum() < 0 ? 0 : times.bitLength() > 31 ? -1 : times.intValue();
    if (a instanceof StrValue text) {
      long size = count < 0 ? Long.MAX_VALUE : (long) text.text().length() * count;
      Iteration.bounded(text.text().isEmpty() ? 0 : size, Python.MAX_TEXT);
      return Secrets.text(text.text().repeat(text.text().isEmpty() ? 0 : count), text.secret());
    } else if (a instanceof ListValue list) {
      long size = count < 0 ? Long.MAX_VALUE : (long) list.items().size() * count;
      Iteration.bounded(list.items().isEmpty() ? 0 : size, Iteration.MAX_ITEMS);
      List<Value> all = new ArrayList<>();
      for (int i = 0; !list.items().isEmpty() && i < count; i++) {
        all.addAll(list.items());
      }
      return new ListValue(all, list.kind());
    }
    throw unsupported("*", a, new IntValue(times));
  }

  private static Value integers(String operator, BigInteger a, BigInteger b) {
    if (b.signum() == 0 && (operator.equals("//") || operator.equals("%"))) {
      throw new ValueException("integer division or modulo by zero");
    }
    return switch (operator) {
      case "+" -> new IntValue(a.add(b));
      case "-" -> new IntValue(a.subtract(b));
      case "*" -> {
        if (a.bitLength() + b.bitLength() > MAX_BITS) {
          throw tooLarge();
        }
        yield new IntValue(a.multiply(b));
      }
      case "//" -> {
        BigInteger[] parts = a.divideAndRemainder(b);
        boolean down = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        yield new IntValue(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
      }
      case "%" -> {
        BigInteger rest = a.remainder(b);
        boolean up = rest.signum() != 0 && rest.signum() != b.signum();
        yield new IntValue(up ? rest.add(b) : rest);
      }
      default -> power(a, b);
    };
  }

  private static Value power(BigInteger a, BigInteger b) {
    if (b.signum() < 0) {
      return floats("**", new IntValue(a), new IntValue(b));
    } else if (a.bitLength() <= 1 && a.abs().bitLength() <= 1) {
      boolean odd = b.testBit(0);
      return new IntValue(b.signum() == 0 ? BigInteger.ONE : odd ? a : a.abs());
    } else if (b.bitLength() > 31 || a.bitLength() * b.longValue() > MAX_BITS) {
      throw tooLarge();
    }
    return new IntValue(a.pow(b.intValue()));
  }

  private static Value floats(String operator, Value left, Value right) {
    if (operator.equals("/") && !(left instanceof FloatValue) && !(right instanceof FloatValue)) {
      return quotient(integer(left), integer(right));
    }
    double a = toDouble(left);
    double b = toDouble(right);
    if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
      throw new ValueException("division by zero");
    }
    return new FloatValue(
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "//" -> Math.floor(a / b);
          case "%" -> {
            double rest = a % b;
            yield rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
          }
          default -> power(a, b);
        });
  }

  private static double power(double a, double b) {
    if (a == 0 && b < 0) {
      throw new ValueException("0.0 cannot be raised to a negative power");
    } else if (a < 0 && b != Math.rint(b)) {
      throw new ValueException("a negative number has no real power of a fraction");
    }
    double result = Math.pow(a, b);
    if (Double.isInfinite(result) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
      throw new ValueException("the result is too large for a float");
    }
    return result;
  }

  /** Integers too large for a float may still have a quotient that is not. */
  private static Value quotient(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw new ValueException("division by zero");
    } else if (a.bitLength() <= 53 && b.bitLength() <= 53) {
      return new FloatValue(a.doubleValue() / b.doubleValue());
    }
    java.math.MathContext digits = new java.math.MathContext(40);
    double result = new BigDecimal(a).divide(new BigDecimal(b), digits).doubleValue();
    if (Double.isInfinite(result)) {
      throw new ValueException("integer division result too large for a float");
    }
    return new FloatValue(result);
  }

  private static ValueException tooLarge() {
    return new ValueException("the number has more than " + MAX_BITS + " bits");
  }

  private static ValueException unsupported(String operator, Value a, Value b) {
    boolean mixed = (a instanceof StrValue) != (b instanceof StrValue);
    return new ValueException(
        String.format(
            "unsupported operand type(s) for %s: '%s' and '%s'", operator, type(a), type(b)),
        !mixed
            ? null
            : operator.equals("+")
                ? "join texts and numbers with ~ instead of +"
                : "convert the text to a number first: | int");
  }

  private static String type(Value value) {
    return Python.typeName(value);
  }
}
