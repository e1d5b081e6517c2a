package dev.molt.dsl.template.tree;

/** {@code {% do list.append(x) %}}: evaluated for what it does. */
public record DoStmt(Expr value) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    value.use(frame);
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    value.check(checker);
  }
}
