package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;

/** {@code then if condition else otherwise}; {@code otherwise} is null where there is no else. */
public record Conditional(int at, int length, Expr condition, Expr then, Expr otherwise)
    implements Expr {
  @Override
  public Value eval(Frame frame) {
    if (Truth.of(condition.use(frame))) {
      return then.eval(frame);
    }
    return otherwise != null
        ? otherwise.eval(frame)
        : UndefinedValue.blank("the inline if is false and has no else");
  }

  @Override
  public void check(Checker checker) {
    condition.check(checker);
    checker.conditional(
        () -> {
          then.check(checker);
          if (otherwise != null) {
            otherwise.check(checker);
          }
        });
  }

  @Override
  public Expr culprit(Frame frame) {
    if (!Item.pure(condition)) {
      return this;
    }
    Expr chosen = Truth.of(condition.use(frame)) ? then : otherwise;
    return chosen == null ? this : chosen.culprit(frame);
  }
}
