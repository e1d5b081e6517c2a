package dev.molt.dsl.template.tree;

/** A node of a template outside of expressions. Immutable and thread-safe. */
public interface Stmt {
  /** How a statement ends: usually, the next one follows. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow run(Frame frame, Output out);

  /** Looks for mistakes that need no values to be seen. */
  void check(Checker checker);
}
