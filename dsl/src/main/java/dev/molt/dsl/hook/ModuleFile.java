package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.ValueException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A module in Groovy: {@code library/NAME.groovy}. Thread-safe: every call works on its own copy of
 * a closure. Loading this class loads Groovy.
 */
public final class ModuleFile {
  private final LoadedScript<ModuleScript> loaded;
  private final boolean facts;

  private ModuleFile(LoadedScript<ModuleScript> loaded, boolean facts) {
    this.loaded = loaded;
    this.facts = facts;
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
    return new ModuleFile(loaded, source.text().contains("ansible_facts"));
  }

  /** One line. */
  public String summary() {
    return loaded.script().summary();
  }

  /** In the order in which they are written. */
  public List<OptionDefinition> options() {
    return List.copyOf(loaded.script().options());
  }

  /** Whether its results may hold facts, of names that nobody knows before. */
  public boolean findsFacts() {
    return facts;
  }

  /** Whether it can change something. */
  public boolean applies() {
    return loaded.script().apply() != null;
  }

  /**
   * Calls the plan.
   *
   * @return the map that it gives back; empty for anything else
   * @throws PassedException what the context has thrown
   * @throws DiagnosticException where it has a mistake
   */
  public MapValue plan(ModuleContext context, Map<String, Object> options) {
    return call("plan", loaded.script().plan(), context, options);
  }

  /** Calls the apply, as {@link #plan}. */
  public MapValue apply(ModuleContext context, Map<String, Object> options) {
    return call("apply", loaded.script().apply(), context, options);
  }

  private MapValue call(
      String word, ModuleScript.Step step, ModuleContext context, Map<String, Object> options) {
    Object given = loaded.call(step.code(), context, options);
    if (!(given instanceof Map<?, ?>)) {
      return MapValue.empty();
    }
    try {
      return (MapValue) Plain.value(given);
    } catch (ValueException e) {
      throw Diagnostic.error(step.position(), "what " + word + " gives back: " + e.getMessage())
          .withHint(
              "the last line of " + word + " gives it back; where it is a map, register keeps it")
          .asException();
    }
  }
}
