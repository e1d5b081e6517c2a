package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.syntax.SyntaxException;
import dev.molt.dsl.template.syntax.TemplateParser;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;

/**
 * What templates within a condition give: a text where they stand in quotes, else a value. A text
 * that a template gives outside of quotes may name a variable or be a number; it is never read as
 * more, since it may come from a host.
 *
 * @param parts templates, and the texts between them
 * @param string whether it stands in quotes
 */
public record Spliced(int at, int length, List<Expr> parts, boolean string) implements Expr {
  @Override
  public Value eval(Frame frame) {
    StringBuilder text = new StringBuilder();
    boolean secret = false;
    for (Expr part : parts) {
      Value value = part.eval(frame);
      if (value instanceof UndefinedValue undefined) {
        return frame.passedOn(part, undefined);
      } else if (parts.size() == 1 && !string && !(value instanceof StrValue)) {
        return value;
      }
      secret |= Secrets.holds(value);
      text.append(Python.str(Finished.of(value)));
    }
    return string ? Secrets.text(text.toString(), secret) : named(text.toString().strip(), frame);
  }

  private Value named(String text, Frame frame) {
    try {
      Expr expression = TemplateParser.expression(text);
      if (plain(expression)) {
        Value value = expression.eval(frame);
        return value instanceof UndefinedValue undefined
            ? frame.passedOn(this, undefined.because(() -> at(frame, undefined)))
            : value;
      }
    } catch (SyntaxException e) {
      // Said below: to the user it is a text like any other.
    }
    throw frame.error(
        this,
        new ValueException(
            "the text '" + text + "' that this template gives is not evaluated again",
            "write the condition without braces, or put quotes around them"));
  }

  private RuntimeException at(Frame frame, UndefinedValue undefined) {
    return frame.error(this, new ValueException(UndefinedValue.of(undefined.message())));
  }

  /** Whether an expression only names a value. */
  private static boolean plain(Expr expr) {
    if (expr instanceof Attribute attribute) {
      return plain(attribute.base());
    } else if (expr instanceof Item item) {
      return plain(item.base()) && plain(item.key());
    } else if (expr instanceof Unary unary) {
      return unary.operand() instanceof Literal && !unary.operator().equals("not");
    } else if (expr instanceof ListExpr list) {
      return list.items().stream().allMatch(Spliced::plain);
    } else if (expr instanceof DictExpr dict) {
      return dict.keys().stream().allMatch(Spliced::plain)
          && dict.values().stream().allMatch(Spliced::plain);
    }
    return expr instanceof Name || expr instanceof Literal;
  }

  @Override
  public void check(Checker checker) {
    parts.forEach(part -> part.check(checker));
  }
}
