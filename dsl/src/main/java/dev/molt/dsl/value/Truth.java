package dev.molt.dsl.value;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Python's idea of what counts as true: everything but false, none, zero and what is empty. */
public final class Truth {
  /** What Ansible reads as true and false where a switch is written as a text. */
  private static final Set<String> YES = Set.of("yes", "on", "true", "y", "t", "1", "1.0");

  private static final Set<String> NO = Set.of("no", "off", "false", "n", "f", "0", "0.0");

  private Truth() {}

  /** What a text says of a switch, in any case; empty if it is no word for true or false. */
  public static Optional<Boolean> ofWord(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return YES.contains(word)
        ? Optional.of(true)
        : NO.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /** Whether a value switches something on: a text by its word, all else as Python counts it. */
  public static boolean switchesOn(Value value) {
    return value instanceof StrValue text ? ofWord(text.text()).orElse(false) : of(value);
  }

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
