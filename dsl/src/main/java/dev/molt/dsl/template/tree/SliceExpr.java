package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.Slices;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;

/** {@code base[from:to:step]}; parts left out are null. */
public record SliceExpr(int at, int length, Expr base, Expr from, Expr to, Expr step)
    implements Expr {
  @Override
  public Value eval(Frame frame) {
    Value value = base.eval(frame);
    if (value instanceof UndefinedValue undefined) {
      return frame.passedOn(base, undefined);
    }
    try {
      return Slices.slice(value, part(from, frame), part(to, frame), part(step, frame));
    } catch (ValueException e) {
      throw frame.error(this, e);
    }
  }

  private static Value part(Expr part, Frame frame) {
    return part == null ? NullValue.NULL : part.use(frame);
  }

  @Override
  public void check(Checker checker) {
    base.check(checker);
    for (Expr part : new Expr[] {from, to, step}) {
      if (part != null) {
        part.check(checker);
      }
    }
  }
}
