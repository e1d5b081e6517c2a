package dev.molt.dsl.value;

/** Python's idea of what counts as true: everything but false, none, zero and what is empty. */
public final class Truth {
  private Truth() {}

  /**
   * Whether it counts as true.
   *
   * @throws ValueException for an undefined value, which is neither true nor false
   */
  public static boolean of(Value value) {
    if (value instanceof BoolValue b) {
      return b.value();
    } else if (value instanceof StrValue s) {
      return !s.text().isEmpty();
    } else if (value instanceof NullValue) {
      return false;
    } else if (value instanceof ListValue l) {
      return !l.items().isEmpty();
    } else if (value instanceof MapValue m) {
      return !m.entries().isEmpty();
    } else if (value instanceof IntValue i) {
      return i.value().signum() != 0;
    } else if (value instanceof FloatValue f) {
      return f.value() != 0.0;
    } else if (value instanceof UndefinedValue u) {
      throw new ValueException(u);
    }
    return true;
  }
}
