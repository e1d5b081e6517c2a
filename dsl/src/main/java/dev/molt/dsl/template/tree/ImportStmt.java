package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.Map;

/**
 * {@code {% import 'name' as m %}} or {@code {% from 'name' import a as b %}}.
 *
 * @param alias what the whole template is to be called, or null
 * @param names what is taken from it, and what that is to be called
 */
public record ImportStmt(Expr name, String alias, Map<String, String> names, boolean withContext)
    implements Stmt {
  @Override
  public Flow run(Frame frame, Output out) {
    Source source = IncludeStmt.find(frame, name, false);
    Frame other = IncludeStmt.run(frame, source, withContext, new Output());
    if (alias != null) {
      frame.set(alias, new Module(source.name(), other));
    }
    names.forEach(
        (from, to) -> {
          Value value = other.locals().get(from);
          String missing = "the template '" + source.name() + "' has no '" + from + "'";
          frame.set(to, value == null ? UndefinedValue.of(missing) : value);
        });
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    name.check(checker);
    if (alias != null) {
      checker.bind(alias);
    }
    names.values().forEach(checker::bind);
  }
}
