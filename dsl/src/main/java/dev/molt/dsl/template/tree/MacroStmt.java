package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code {% macro name(a, b=1) %}...{% endmacro %}}.
 *
 * @param defaults those of the last parameters, in their order
 * @param uses which of {@link #SPECIAL} its body names
 */
public record MacroStmt(
    Expr place,
    String name,
    List<String> parameters,
    List<Expr> defaults,
    Template body,
    Set<String> uses)
    implements Stmt {
  /** The names that tell what else a macro takes. */
  public static final Set<String> SPECIAL = Set.of("varargs", "kwargs", "caller");

  @Override
  public Flow run(Frame frame, Output out) {
    frame.set(name, new Macro(this, frame));
    return Flow.NEXT;
  }

  /** The default of a parameter, or null where there is none. */
  Value defaultOf(int parameter, Frame frame) {
    int index = parameter - (parameters.size() - defaults.size());
    return index < 0 ? null : defaults.get(index).eval(frame);
  }

  @Override
  public void check(Checker checker) {
    checker.bind(name);
    checkBody(checker);
  }

  void checkBody(Checker checker) {
    checker.conditional(
        () ->
            checker.block(
                () -> {
                  List<String> bound = new ArrayList<>(parameters);
                  bound.addAll(List.of("varargs", "kwargs", "caller"));
                  bound.forEach(checker::bind);
                  defaults.forEach(value -> value.check(checker));
                  body.check(checker);
                }));
  }
}
