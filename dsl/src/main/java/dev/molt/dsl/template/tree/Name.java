package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.Optional;

/** A variable, or a function of the library where no variable has its name. */
public record Name(int at, int length, String name) implements Expr, Frame.Suggesting {
  @Override
  public Value eval(Frame frame) {
    Value local = frame.local(name);
    if (local != null) {
      return local;
    }
    Value value;
    try {
      value = frame.scope().lookup(name);
    } catch (UndefinedException e) {
      // What is made of something undefined is undefined itself, which is no mistake until used.
      return UndefinedValue.because(
          e.diagnostics().get(0).message(), e.unknown(), null, () -> frame.usedHere(this, name, e));
    } catch (DiagnosticException e) {
      throw frame.usedHere(this, name, e);
    }
    if (value instanceof UndefinedValue) {
      Library.Entry function = frame.library().find(Library.Kind.FUNCTION, name);
      return function == null ? value : new LibraryFunction(function, frame);
    }
    return value;
  }

  @Override
  public void check(Checker checker) {
    checker.name(this, name);
  }

  @Override
  public Optional<String> suggestion(Frame frame) {
    return Suggestions.hint(name, frame.names());
  }
}
