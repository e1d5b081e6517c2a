package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.Optional;

/** {@code base[key]}. */
public record Item(int at, int length, Expr base, Expr key) implements Expr, Frame.Suggesting {
  @Override
  public Value eval(Frame frame) {
    Value value = base.eval(frame);
    if (value instanceof UndefinedValue) {
      return value;
    }
    try {
      return Access.item(value, key.use(frame));
    } catch (ValueException e) {
      throw frame.error(this, e);
    }
  }

  @Override
  public void check(Checker checker) {
    base.check(checker);
    key.check(checker);
  }

  @Override
  public Expr culprit(Frame frame) {
    return pure(base) && base.eval(frame) instanceof UndefinedValue ? base.culprit(frame) : this;
  }

  @Override
  public Optional<String> suggestion(Frame frame) {
    return pure(base) && pure(key) && key.eval(frame) instanceof StrValue name
        ? Suggestions.hint(name.text(), Access.attributeNames(base.eval(frame)))
        : Optional.empty();
  }

  /** Whether evaluating a node once more, to say what went wrong, cannot do anything. */
  static boolean pure(Expr node) {
    if (node instanceof Attribute attribute) {
      return pure(attribute.base());
    } else if (node instanceof Item item) {
      return pure(item.base) && pure(item.key);
    }
    return node instanceof Name || node instanceof Literal;
  }
}
