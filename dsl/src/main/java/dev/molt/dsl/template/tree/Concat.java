package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;

/** {@code a ~ b ~ c}: the texts of all of them. */
public record Concat(int at, int length, List<Expr> parts) implements Expr {
  @Override
  public Value eval(Frame frame) {
    StringBuilder out = new StringBuilder();
    boolean secret = false;
    for (Expr part : parts) {
      Value value = part.eval(frame);
      if (value instanceof UndefinedValue undefined && !undefined.blank()) {
        return frame.passedOn(part, undefined);
      }
      try {
        out.append(Python.str(value));
        if (out.length() > Python.MAX_TEXT) {
          throw new ValueException("the text is too long");
        }
      } catch (ValueException e) {
        throw frame.error(part, e);
      }
      secret |= Secrets.holds(value);
    }
    return Secrets.text(out.toString(), secret);
  }

  @Override
  public void check(Checker checker) {
    parts.forEach(part -> part.check(checker));
  }
}
