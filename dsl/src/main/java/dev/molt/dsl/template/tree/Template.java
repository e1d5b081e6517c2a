package dev.molt.dsl.template.tree;

import java.util.List;
import java.util.Map;

/**
 * Statements in a row: a whole template, or the inside of a block. Immutable, thread-safe.
 *
 * @param blocks those of a whole template, by name, wherever in it they stand
 */
public record Template(List<Stmt> body, Map<String, BlockStmt> blocks) implements Stmt {
  public Template(List<Stmt> body) {
    this(body, Map.of());
  }

  /** Runs it as a whole template, and then what it extends. */
  public void start(Frame frame, Output out) {
    Inheritance inheritance = frame.inheritance();
    inheritance.define(blocks, frame);
    run(frame, out);
    Inheritance.Parent parent = inheritance.takeParent();
    if (parent != null) {
      out.mute(false);
      frame.evaluation().enter();
      parent.template().start(frame.parent(parent.origin()), out);
      frame.evaluation().leave();
    }
  }

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
