package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.Value;

/**
 * {@code {% set name = value %}}, or with a block: its text, through filters.
 *
 * @param value null where there is a block
 * @param body null where there is a value
 * @param filtered what becomes of the block's text, or null for the text itself
 */
public record SetStmt(Target target, Expr value, Template body, Filtered filtered) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    if (value != null) {
      Value assigned = value.eval(frame);
      target.assign(frame, assigned);
      return Flow.NEXT;
    }
    Output inside = new Output();
    body.run(frame.inner(), inside);
    Value text = inside.text();
    target.assign(frame, filtered == null ? text : filtered.apply(frame, text));
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    if (value != null) {
      value.check(checker);
    } else {
      checker.block(() -> body.check(checker));
      if (filtered != null) {
        filtered.check(checker);
      }
    }
    target.check(checker);
  }
}
