package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.StrValue;

/** Text that is printed as it is. */
public record Text(StrValue text) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    out.add(text);
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {}
}
