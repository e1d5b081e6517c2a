package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code callee(arguments)}. */
public record CallExpr(int at, int length, Expr callee, Arguments arguments) implements Expr {
  @Override
  public Value eval(Frame frame) {
    try {
      boolean method = false;
      Value base = null;
      if (callee instanceof Attribute attribute) {
        base = attribute.base().eval(frame);
        if (base instanceof UndefinedValue undefined) {
          return frame.passedOn(attribute.base(), undefined);
        }
        method = Access.isMethod(base, attribute.name());
      }
      Value function = method ? null : callee.eval(frame);
      if (function instanceof UndefinedValue undefined) {
        return frame.passedOn(callee, undefined);
      }
      List<Value> positional = arguments.positional(frame);
      Map<String, Value> named = arguments.named(frame);
      // A macro may have parameters that are not defined, and hand them on to default.
      Value undefined =
          function instanceof Macro ? null : arguments.undefined(frame, positional, named);
      if (undefined != null) {
        return undefined;
      }
      return frame.seen(
          method
              ? Access.callMethod(base, ((Attribute) callee).name(), positional, named)
              : call(function, positional, named));
    } catch (ValueException e) {
      throw frame.error(callee, e);
    }
  }

  private static Value call(Value function, List<Value> positional, Map<String, Value> named) {
    if (function instanceof FunctionValue f) {
      return f.call(positional, named);
    }
    throw new ValueException("'" + Python.typeName(function) + "' object is not callable");
  }

  @Override
  public void check(Checker checker) {
    callee.check(checker);
    arguments.check(checker);
    if (callee instanceof Name name) {
      Library.Entry function = checker.library().find(Library.Kind.FUNCTION, name.name());
      if (function != null && !checker.isBound(name.name())) {
        checker.call(
            this,
            Library.Kind.FUNCTION,
            name.name(),
            arguments.count(),
            arguments.named().keySet());
        if (Set.of("lookup", "query", "q").contains(name.name())
            && !arguments.positional().isEmpty()
            && arguments.positional().get(0) instanceof Literal first
            && first.value() instanceof StrValue text) {
          checker.lookup(first, text.text(), arguments.named().keySet());
        }
      }
    }
  }

  @Override
  public Expr culprit(Frame frame) {
    return callee instanceof Name || callee instanceof Attribute ? callee : this;
  }
}
