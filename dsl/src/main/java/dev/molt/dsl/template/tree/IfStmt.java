package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.Truth;
import java.util.List;

/** {@code {% if %}...{% elif %}...{% else %}...{% endif %}}: the first branch whose test holds. */
public record IfStmt(List<Expr> conditions, List<Template> branches, Template otherwise)
    implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    for (int i = 0; i < conditions.size(); i++) {
      if (Truth.of(conditions.get(i).use(frame))) {
        return branches.get(i).run(frame, out);
      }
    }
    return otherwise == null ? Flow.NEXT : otherwise.run(frame, out);
  }

  @Override
  public void check(Checker checker) {
    conditions.forEach(condition -> condition.check(checker));
    checker.conditional(
        () -> {
          branches.forEach(branch -> branch.check(checker));
          if (otherwise != null) {
            otherwise.check(checker);
          }
        });
  }
}
