package dev.molt.dsl.template.tree;

/** {@code {% break %}} or {@code {% continue %}}. */
public record Jump(Flow flow) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    return flow;
  }

  @Override
  public void check(Checker checker) {}
}
