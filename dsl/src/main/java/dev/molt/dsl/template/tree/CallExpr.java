package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;
import java.util.Map;

/** {@code callee(arguments)}. */
public record CallExpr(int at, int length, Expr callee, Arguments arguments) implements Expr {
  @Override
  public Value eval(Frame frame) {
    try {
      if (callee instanceof Attribute method) {
        Value base = method.base().use(frame);
        if (Access.isMethod(base, method.name())) {
          return frame.seen(
              Access.callMethod(
                  base, method.name(), arguments.positional(frame), arguments.named(frame)));
        }
      }
      return frame.seen(
          call(callee.use(frame), arguments.positional(frame), arguments.named(frame)));
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
      }
    }
  }

  @Override
  public Expr culprit(Frame frame) {
    return callee instanceof Name || callee instanceof Attribute ? callee : this;
  }
}
