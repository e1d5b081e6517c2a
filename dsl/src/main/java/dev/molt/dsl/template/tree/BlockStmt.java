package dev.molt.dsl.template.tree;

/**
 * {@code {% block name %}...{% endblock %}}: what a template that extends this one can replace.
 *
 * @param scoped whether it sees the names of the loops around it
 */
public record BlockStmt(String name, Template body, boolean scoped) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    // A template that extends another only says what its blocks are; the other prints them.
    if (!frame.inheritance().isExtended()) {
      frame.inheritance().print(name, 0, scoped ? frame : null, out);
    }
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    checker.conditional(
        () ->
            checker.block(
                () -> {
                  checker.bind("super");
                  checker.bind("self");
                  body.check(checker);
                }));
  }
}
