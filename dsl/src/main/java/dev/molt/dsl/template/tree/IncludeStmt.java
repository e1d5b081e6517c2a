package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.List;
import java.util.Optional;

/** {@code {% include 'name' ignore missing without context %}}. */
public record IncludeStmt(Expr name, boolean ignoreMissing, boolean withContext) implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    Source source = find(frame, name, ignoreMissing);
    if (source != null) {
      run(frame, source, withContext, out);
    }
    return Flow.NEXT;
  }

  /** Runs another template, and returns the names it has set. */
  static Frame run(Frame frame, Source source, boolean withContext, Output out) {
    Frame other = frame.other(TextOrigin.of(source), withContext);
    frame.evaluation().enter();
    frame.evaluation().compile(source).start(other, out);
    frame.evaluation().leave();
    return other;
  }

  /** The first of the templates that there is, or null where none need be. */
  static Source find(Frame frame, Expr name, boolean ignoreMissing) {
    Value wanted = name.use(frame);
    if (frame.evaluation().loader() == null) {
      throw frame.error(
          name, "templates cannot be included here", "include and import work in template files");
    }
    List<Value> names = wanted instanceof ListValue list ? list.items() : List.of(wanted);
    try {
      for (Value candidate : names) {
        Optional<Source> found = frame.evaluation().loader().load(Python.str(candidate));
        if (found.isPresent()) {
          return found.get();
        }
      }
    } catch (ValueException e) {
      throw frame.error(name, e);
    }
    if (!ignoreMissing) {
      throw frame.error(name, "there is no template " + Python.repr(wanted), null);
    }
    return null;
  }

  @Override
  public void check(Checker checker) {
    name.check(checker);
  }
}
