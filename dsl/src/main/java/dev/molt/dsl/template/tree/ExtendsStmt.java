package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;

/** {@code {% extends 'name' %}}: prints another template, with the blocks of this one. */
public record ExtendsStmt(Expr name) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    if (frame.inheritance().isExtended()) {
      throw frame.error(name, "a template extends one other", null);
    }
    Source source = IncludeStmt.find(frame, name, false);
    Template template = frame.evaluation().compile(source);
    frame.inheritance().extend(new Inheritance.Parent(template, TextOrigin.of(source)));
    out.mute(true);
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    name.check(checker);
  }
}
