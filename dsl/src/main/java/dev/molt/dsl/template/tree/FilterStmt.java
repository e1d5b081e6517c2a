package dev.molt.dsl.template.tree;

/** {@code {% filter upper %}...{% endfilter %}}. */
public record FilterStmt(Template body, Filtered filtered) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    Output inside = new Output();
    body.run(frame.inner(), inside);
    out.add(filtered.apply(frame, inside.text()));
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    checker.block(() -> body.check(checker));
    filtered.check(checker);
  }
}
