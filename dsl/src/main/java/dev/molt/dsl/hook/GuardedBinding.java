package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.util.Collections;
import java.util.LinkedHashMap;

/**
 * The variables that a script sets without declaring them, which all of its closures share. The
 * words of its context are none: {@code fail = 'no'} would be no veto, and nobody would know. For
 * the same reason a closure that says words makes no new ones: {@code when = 'false'} would leave a
 * task without its condition.
 */
final class GuardedBinding extends Binding {
  private final ScriptErrors errors;
  private boolean complete;

  GuardedBinding(ScriptErrors errors) {
    // Hooks for several hosts share them, all at once.
    super(Collections.synchronizedMap(new LinkedHashMap<>()));
    this.errors = errors;
  }

  static GuardedBinding of(Script script) {
    return (GuardedBinding) script.getBinding();
  }

  /** Calls a copy of a closure with words that it can say, and with no other variables. */
  void fill(Object words, Closure<?> content) {
    Closure<?> call = (Closure<?>) content.clone();
    call.setDelegate(words);
    call.setResolveStrategy(Closure.DELEGATE_FIRST);
    boolean before = complete;
    complete = true;
    try {
      call.call();
    } finally {
      complete = before;
    }
  }

  @Override
  public void setVariable(String name, Object value) {
    if (errors.word(name)) {
      throw new IllegalArgumentException(
          name + " is a word that has a meaning here: declare a variable of your own with def");
    } else if (complete && !hasVariable(name)) {
      throw Diagnostic.error(
              errors.position(new Throwable().getStackTrace()),
              "'" + name + "' is assigned to, but no variable of that name is there")
          .withHint(
              "a word is said without '=': "
                  + name
                  + " "
                  + written(value)
                  + "; a variable of your own is declared with def, or set at the top of the file")
          .asException();
    }
    super.setVariable(name, value);
  }

  private static String written(Object value) {
    if (value instanceof Boolean || value instanceof Number) {
      return value.toString();
    }
    return value instanceof String text && text.matches("[^'\\\\\\n]{0,40}")
        ? "'" + text + "'"
        : "...";
  }
}
