package dev.molt.dsl.template.tree;

import java.util.List;

/** {@code {% with a = 1, b = 2 %}...{% endwith %}}. */
public record WithStmt(List<Target> targets, List<Expr> values, Template body) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    Frame inner = frame.inner();
    for (int i = 0; i < targets.size(); i++) {
      // Values see what is outside, not each other.
      targets.get(i).assign(inner, values.get(i).eval(frame));
    }
    return body.run(inner, out);
  }

  @Override
  public void check(Checker checker) {
    values.forEach(value -> value.check(checker));
    checker.block(
        () -> {
          targets.forEach(target -> target.check(checker));
          body.check(checker);
        });
  }
}
