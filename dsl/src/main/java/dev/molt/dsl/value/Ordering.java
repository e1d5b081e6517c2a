package dev.molt.dsl.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's equality and order: {@code 1 == 1.0 == True}, and no order between unlike types. */
public final class Ordering {
  /** Bounds what comparing two values may cost; shared parts could make it exponential. */
  private static final int MAX_STEPS = 20_000_000;

  private static final int UNORDERED = 2;
  private static final int MAX_DEPTH = 400;

  private int steps;

  private Ordering() {}

  /** Python's {@code ==}. Functions are equal only to themselves. */
  public static boolean equal(Value a, Value b) {
    return new Ordering().equal(a, b, 0);
  }

  /**
   * Python's order of two values: negative, zero or positive.
   *
   * @param operator stands in the error message, such as {@code <}
   * @throws ValueException where Python knows no order between them
   */
  public static int compare(Value a, Value b, String operator) {
    return new Ordering().compare(a, b, operator, 0);
  }

  /** Whether {@code <}, {@code <=}, {@code >} or {@code >=} holds; nothing does for NaN. */
  public static boolean holds(String operator, Value a, Value b) {
    int order = compare(a, b, operator);
    if (order == UNORDERED) {
      return false;
    }
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /**
   * Python's {@code item in container}.
   *
   * @throws ValueException where the container is none
   */
  public static boolean contains(Value container, Value item) {
    if (container instanceof StrValue text) {
      if (item instanceof StrValue part) {
        return text.text().contains(part.text());
      }
      throw new ValueException(
          "'in <string>' requires string as left operand, not " + Python.typeName(item));
    } else if (container instanceof ListValue list) {
      for (Value candidate : list.items()) {
        if (candidate == item || equal(candidate, item)) {
          return true;
        }
      }
      return false;
    } else if (container instanceof MapValue map) {
      return map.find(item) != null;
    }
    throw new ValueException(
        "argument of type '" + Python.typeName(container) + "' is not iterable");
  }

  private void step(int depth) {
    if (++steps > MAX_STEPS || depth > MAX_DEPTH) {
      throw new ValueException("the values are too large or too deeply nested to compare");
    }
  }

  private boolean equal(Value a, Value b, int depth) {
    step(depth);
    if (a == b) {
      return !(a instanceof FloatValue f && Double.isNaN(f.value()));
    } else if (a instanceof NullValue || b instanceof NullValue) {
      return blank(a, b) || blank(b, a) || (a instanceof NullValue && b instanceof NullValue);
    } else if (a instanceof StrValue s) {
      return s.equals(b);
    } else if (number(a) && number(b)) {
      return compareNumbers(a, b) == 0;
    } else if (a instanceof ListValue x && b instanceof ListValue y) {
      return x.kind() == y.kind() && equal(x.items(), y.items(), depth);
    } else if (a instanceof MapValue x && b instanceof MapValue y) {
      return equal(x, y, depth);
    }
    return a instanceof FunctionValue && a.equals(b);
  }

  private static boolean blank(Value none, Value text) {
    return none == NullValue.TEMPLATED && StrValue.EMPTY.equals(text);
  }

  private boolean equal(List<Value> a, List<Value> b, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<Value> other = b.iterator();
    for (Value item : a) {
      if (!equal(item, other.next(), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean equal(MapValue a, MapValue b, int depth) {
    if (a.entries().size() != b.entries().size()) {
      return false;
    }
    for (Map.Entry<Value, Value> entry : a.entries().entrySet()) {
      Value other = b.find(entry.getKey());
      if (other == null || !equal(entry.getValue(), other, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private int compare(Value a, Value b, String operator, int depth) {
    step(depth);
    if (a instanceof StrValue x && b instanceof StrValue y) {
      return compareTexts(x.text(), y.text());
    } else if (number(a) && number(b)) {
      return compareNumbers(a, b);
    } else if (a instanceof FunctionValue x && x.compareTo(b).isPresent()) {
      return x.compareTo(b).getAsInt();
    } else if (a instanceof ListValue x && b instanceof ListValue y && x.kind() == y.kind()) {
      Iterator<Value> other = y.items().iterator();
      for (Value item : x.items()) {
        if (!other.hasNext()) {
          return 1;
        }
        Value next = other.next();
        if (!equal(item, next, depth + 1)) {
          return compare(item, next, operator, depth + 1);
        }
      }
      return other.hasNext() ? -1 : 0;
    }
    throw new ValueException(
        String.format(
            "'%s' not supported between instances of '%s' and '%s'",
            operator, Python.typeName(a), Python.typeName(b)),
        number(a) != number(b) && (a instanceof StrValue || b instanceof StrValue)
            ? "convert the text to a number first: | int"
            : null);
  }

  /** By code points, as Python; Java's own order differs past the basic plane. */
  private static int compareTexts(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNeither = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNeither ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Whether Python counts the value as a number; booleans are. */
  public static boolean number(Value value) {
    return value instanceof IntValue || value instanceof FloatValue || value instanceof BoolValue;
  }

  private static int compareNumbers(Value a, Value b) {
    if (a instanceof FloatValue || b instanceof FloatValue) {
      double x = a instanceof FloatValue f ? f.value() : integer(a).doubleValue();
      double y = b instanceof FloatValue f ? f.value() : integer(b).doubleValue();
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return UNORDERED;
      } else if (x == y && Math.abs(x) >= 0x1p53 && !Double.isInfinite(x)) {
        return exact(a).compareTo(exact(b));
      }
      return x == y ? 0 : x < y ? -1 : 1;
    }
    return integer(a).compareTo(integer(b));
  }

  private static BigDecimal exact(Value number) {
    return number instanceof FloatValue f
        ? new BigDecimal(f.value())
        : new BigDecimal(integer(number));
  }

  private static BigInteger integer(Value number) {
    return number instanceof IntValue i
        ? i.value()
        : number == BoolValue.TRUE ? BigInteger.ONE : BigInteger.ZERO;
  }
}
