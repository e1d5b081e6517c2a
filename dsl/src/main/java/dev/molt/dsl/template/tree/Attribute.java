package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.Optional;

/** {@code base.name}; {@code at} is where the name begins. */
public record Attribute(int at, int length, Expr base, String name)
    implements Expr, Frame.Suggesting {
  @Override
  public Value eval(Frame frame) {
    Value value = base.eval(frame);
    // What is undefined stays so however deep one looks into it; only using it is a mistake.
    if (value instanceof UndefinedValue) {
      return value;
    }
    try {
      return Access.attribute(value, name);
    } catch (ValueException e) {
      throw frame.error(this, e);
    }
  }

  @Override
  public void check(Checker checker) {
    base.check(checker);
  }

  @Override
  public Expr culprit(Frame frame) {
    return Item.pure(base) && base.eval(frame) instanceof UndefinedValue
        ? base.culprit(frame)
        : this;
  }

  @Override
  public Optional<String> suggestion(Frame frame) {
    return Item.pure(base)
        ? Suggestions.hint(name, Access.attributeNames(base.eval(frame)))
        : Optional.empty();
  }
}
