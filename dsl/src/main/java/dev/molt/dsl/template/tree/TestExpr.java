package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.Library;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;
import java.util.Map;

/** {@code subject is [not] name(arguments)}; {@code at} is where the name begins. */
public record TestExpr(
    int at, int length, Expr subject, String name, Arguments arguments, boolean negated)
    implements Expr {
  @Override
  public Value eval(Frame frame) {
    Library.Entry entry = frame.library().find(Library.Kind.TEST, name);
    if (entry == null) {
      throw frame.error(this, frame.library().noSuch(Library.Kind.TEST, name));
    }
    Value value = frame.subject(subject, entry);
    if (value instanceof UndefinedValue undefined && !entry.lenient()) {
      return frame.passedOn(subject, undefined);
    }
    try {
      List<Value> positional = arguments.positional(frame);
      Map<String, Value> named = arguments.named(frame);
      Value undefined = arguments.undefined(frame, positional, named);
      if (undefined != null) {
        return undefined;
      }
      Value result = entry.call(value, positional, named, frame);
      return BoolValue.of(Truth.of(result) != negated);
    } catch (ValueException e) {
      throw frame.error(this, e);
    }
  }

  @Override
  public void check(Checker checker) {
    Library.Entry entry =
        checker.call(this, Library.Kind.TEST, name, arguments.count(), arguments.named().keySet());
    if (entry != null && entry.lenient()) {
      checker.lenient(() -> subject.check(checker));
    } else {
      subject.check(checker);
    }
    arguments.check(checker);
  }
}
