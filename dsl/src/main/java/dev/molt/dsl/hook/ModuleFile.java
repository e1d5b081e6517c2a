package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import groovy.lang.Closure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A module in Groovy: {@code library/NAME.groovy}. Thread-safe: every call works on its own copy of
 * a closure. Loading this class loads Groovy.
 */
public final class ModuleFile {
  private final ScriptErrors errors;
  private final ModuleScript script;

  private ModuleFile(ScriptErrors errors, ModuleScript script) {
    this.errors = errors;
    this.script = script;
  }

  /**
   * Compiles it, or finds it compiled.
   *
   * @throws DiagnosticException with the place of every mistake
   */
  public static ModuleFile load(Path file) {
    ScriptSource source = ScriptSource.file(file);
    ScriptErrors errors = new ScriptErrors(source, ModuleContext.class);
    ModuleScript script;
    try {
      script = new Scripts(ScriptCache.ofUser()).load(source, ModuleScript.class);
      script.getBinding().setVariable("out", new SaidLines());
      script.run();
    } catch (Exception | StackOverflowError e) {
      throw errors.of(e);
    }
    if (script.plan() == null) {
      throw Diagnostic.error(source.at(1, 0, 1), "a module needs a plan")
          .withHint("plan { options -> ... } says what would be changed")
          .asException();
    }
    return new ModuleFile(errors, script);
  }

  /** One line. */
  public String summary() {
    return script.summary();
  }

  /** In the order in which they are written. */
  public List<OptionDefinition> options() {
    return List.copyOf(script.options());
  }

  /** Whether it can change something. */
  public boolean applies() {
    return script.apply() != null;
  }

  /**
   * Calls the plan; what it gives back, a map or nothing.
   *
   * @throws PassedException what the context has thrown
   * @throws DiagnosticException where it has a mistake
   */
  public Object plan(ModuleContext context, Map<String, Object> options) {
    return call(script.plan(), context, options);
  }

  /** Calls the apply, as {@link #plan}. */
  public Object apply(ModuleContext context, Map<String, Object> options) {
    return call(script.apply(), context, options);
  }

  private Object call(Closure<?> closure, ModuleContext context, Map<String, Object> options) {
    Closure<?> call = (Closure<?>) closure.clone();
    call.setDelegate(context);
    call.setResolveStrategy(Closure.DELEGATE_FIRST);
    try {
      return call.getMaximumNumberOfParameters() == 0 ? call.call() : call.call(options);
    } catch (PassedException e) {
      throw e;
    } catch (Exception | StackOverflowError | AssertionError e) {
      throw errors.of(e);
    }
  }
}
