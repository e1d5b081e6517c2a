package dev.molt.dsl.template.tree;

import java.util.List;

/** Statements in a row: a whole template, or the inside of a block. Immutable, thread-safe. */
public record Template(List<Stmt> body) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    for (Stmt statement : body) {
      Flow flow = statement.run(frame, out);
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    body.forEach(statement -> statement.check(checker));
  }
}
