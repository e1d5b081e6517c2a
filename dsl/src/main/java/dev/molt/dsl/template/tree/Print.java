package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.ValueException;

/** {@code {{ value }}}. */
public record Print(Expr value) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    try {
      out.add(value.use(frame));
    } catch (ValueException e) {
      throw frame.error(value, e);
    }
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    value.check(checker);
  }
}
