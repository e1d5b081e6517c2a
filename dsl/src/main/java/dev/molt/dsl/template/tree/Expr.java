package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;

/** A node of an expression. Immutable and thread-safe. */
public interface Expr {
  /** Where it begins in its text, in UTF-16 units. */
  int at();

  /** How much of the text to underline, at least 1. */
  int length();

  /** Its value, which may be undefined. */
  Value eval(Frame frame);

  /** Its value, which must not be undefined. */
  default Value use(Frame frame) {
    Value value = eval(frame);
    if (value instanceof UndefinedValue undefined) {
      if (undefined.blank()) {
        return StrValue.EMPTY;
      }
      throw frame.undefined(this, undefined);
    }
    return value;
  }

  /** Looks for mistakes that need no values to be seen. */
  void check(Checker checker);

  /** Reports an undefined value that this node has only passed on at the node it comes from. */
  default Expr culprit(Frame frame) {
    return this;
  }
}
