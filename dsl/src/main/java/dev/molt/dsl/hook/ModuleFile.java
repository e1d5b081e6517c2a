package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A module in Groovy: {@code library/NAME.groovy}. Thread-safe: every call works on its own copy of
 * a closure. Loading this class loads Groovy.
 */
public final class ModuleFile {
  private final LoadedScript<ModuleScript> loaded;

  private ModuleFile(LoadedScript<ModuleScript> loaded) {
    this.loaded = loaded;
  }

  /**
   * Compiles it, or finds it compiled.
   *
   * @throws DiagnosticException with the place of every mistake
   */
  public static ModuleFile load(Path file) {
    ScriptSource source = ScriptSource.file(file);
    LoadedScript<ModuleScript> loaded =
        LoadedScript.of(source, ModuleScript.class, ModuleContext.class);
    loaded.with(
        script -> {
          script.read(source);
          return script;
        });
    if (loaded.script().plan() == null) {
      throw Diagnostic.error(source.at(1, 0, 1), "a module needs a plan")
          .withHint("plan { options -> ... } says what would be changed")
          .asException();
    }
    return new ModuleFile(loaded);
  }

  /** One line. */
  public String summary() {
    return loaded.script().summary();
  }

  /** In the order in which they are written. */
  public List<OptionDefinition> options() {
    return List.copyOf(loaded.script().options());
  }

  /** Whether it can change something. */
  public boolean applies() {
    return loaded.script().apply() != null;
  }

  /**
   * Calls the plan; what it gives back, a map or nothing.
   *
   * @throws PassedException what the context has thrown
   * @throws DiagnosticException where it has a mistake
   */
  public Object plan(ModuleContext context, Map<String, Object> options) {
    return loaded.call(loaded.script().plan(), context, options);
  }

  /** Calls the apply, as {@link #plan}. */
  public Object apply(ModuleContext context, Map<String, Object> options) {
    return loaded.call(loaded.script().apply(), context, options);
  }
}
