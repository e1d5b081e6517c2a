package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {% for x in items if test recursive %}...{% else %}...{% endfor %}}.
 *
 * @param test null where there is none
 * @param otherwise run where there are no items; null where there is none
 * @param recursive whether {@code loop(items)} goes through others in the same way
 */
public record ForStmt(
    Target target, Expr items, Expr test, Template body, Template otherwise, boolean recursive)
    implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    loop(frame, out, items.use(frame), 0);
    return Flow.NEXT;
  }

  /**
   * Goes through items.
   *
   * @param depth how many loops of this statement are around it
   */
  void loop(Frame frame, Output out, Value given, int depth) {
    try {
      loop(frame, out, chosen(frame, Iteration.items(given)), depth);
    } catch (ValueException e) {
      throw frame.error(items, e);
    }
  }

  private void loop(Frame frame, Output out, List<Value> all, int depth) {
    if (all.isEmpty()) {
      if (otherwise != null) {
        otherwise.run(frame, out);
      }
      return;
    }
    Loop loop = new Loop(this, frame, all, depth);
    for (int i = 0; i < all.size(); i++) {
      frame.step();
      Frame inner = frame.inner();
      inner.set("loop", loop.at(i));
      target.assign(inner, all.get(i));
      if (body.run(inner, out) == Flow.BREAK) {
        break;
      }
    }
  }

  private List<Value> chosen(Frame frame, List<Value> all) {
    // The list may change while it is gone through: that must not go on for ever.
    List<Value> chosen = new ArrayList<>(all.size());
    for (Value item : all) {
      if (test != null) {
        Frame inner = frame.inner();
        target.assign(inner, item);
        if (!Truth.of(test.use(inner))) {
          continue;
        }
      }
      chosen.add(item);
    }
    return chosen;
  }

  @Override
  public void check(Checker checker) {
    items.check(checker);
    checker.conditional(
        () -> {
          checker.block(
              () -> {
                target.check(checker);
                checker.bind("loop");
                if (test != null) {
                  test.check(checker);
                }
                body.check(checker);
              });
          if (otherwise != null) {
            checker.block(() -> otherwise.check(checker));
          }
        });
  }
}
