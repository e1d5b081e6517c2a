package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.Library;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;
import java.util.Map;

/** {@code subject | name(arguments)}; {@code at} is where the name begins. */
public record FilterExpr(int at, int length, Expr subject, String name, Arguments arguments)
    implements Expr {
  @Override
  public Value eval(Frame frame) {
    Library.Entry entry = frame.library().find(Library.Kind.FILTER, name);
    if (entry == null) {
      throw frame.error(this, frame.library().noSuch(Library.Kind.FILTER, name));
    }
    Value value = frame.subject(subject, entry);
    if (value instanceof UndefinedValue undefined && !entry.lenient()) {
      return frame.passedOn(subject, undefined);
    }
    try {
      List<Value> positional = arguments.positional(frame);
      Map<String, Value> named = arguments.named(frame);
      Value undefined = entry.lenient() ? null : arguments.undefined(frame, positional, named);
      return undefined != null ? undefined : entry.call(value, positional, named, frame);
    } catch (ValueException e) {
      throw frame.error(this, e);
    }
  }

  /** The filter or test that a filter is to apply, where it is written out. */
  private void checkNamed(Checker checker, String filter) {
    int index = filter.endsWith("attr") ? 1 : 0;
    boolean applies =
        filter.equals("map") || filter.startsWith("select") || filter.startsWith("reject");
    if (applies
        && index < arguments.positional().size()
        && arguments.positional().get(index) instanceof Literal literal
        && literal.value() instanceof StrValue text) {
      Library.Kind kind = filter.equals("map") ? Library.Kind.FILTER : Library.Kind.TEST;
      checker.named(literal, kind, text.text());
    }
  }

  @Override
  public void check(Checker checker) {
    Library.Entry entry =
        checker.call(
            this, Library.Kind.FILTER, name, arguments.count(), arguments.named().keySet());
    if (entry != null) {
      checkNamed(checker, entry.name());
    }
    if (entry != null && entry.lenient() && !name.endsWith("mandatory")) {
      checker.lenient(() -> subject.check(checker));
    } else {
      subject.check(checker);
    }
    arguments.check(checker);
  }
}
