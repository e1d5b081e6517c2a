package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the file of a module in Groovy extends. */
public abstract class ModuleScript extends Script {
  private final List<OptionDefinition> options = new ArrayList<>();
  private final Map<String, Position> names = new LinkedHashMap<>();
  private ScriptLine lines;
  private String summary = "";
  private Closure<?> plan;
  private Closure<?> apply;

  void read(ScriptSource source) {
    lines = new ScriptLine(source);
    run();
  }

  /** One line that says what the module does. */
  public void summary(String line) {
    summary = line;
  }

  /**
   * An option that a task can give.
   *
   * @param definition {@code type}: String (as where nothing is said), Boolean, Integer, Double,
   *     List, Map or Object; {@code required}, {@code default}, {@code choices}, {@code aliases},
   *     {@code sensitive}, {@code doc}
   */
  public void option(Map<String, Object> definition, String name) {
    Position at = lines.now();
    OptionDefinition option = OptionDefinition.of(name, definition, at);
    name(name, at);
    option.aliases().forEach(alias -> name(alias, at));
    options.add(option);
  }

  private void name(String name, Position at) {
    Position first = names.putIfAbsent(name, at);
    if (first != null) {
      throw Diagnostic.error(at, "the option '" + name + "' is defined twice")
          .withNote("the first is here", first)
          .withHint("give one of them another name")
          .asException();
    }
  }

  /** A text that may be given. */
  public void option(String name) {
    option(Map.of(), name);
  }

  /** Finds out what is to be changed; takes the options as a map. */
  public void plan(@DelegatesTo(ModuleContext.class) Closure<?> closure) {
    plan = closure;
  }

  /** Makes the change; takes the options as a map. */
  public void apply(@DelegatesTo(ModuleContext.class) Closure<?> closure) {
    apply = closure;
  }

  List<OptionDefinition> options() {
    return options;
  }

  String summary() {
    return summary;
  }

  Closure<?> plan() {
    return plan;
  }

  Closure<?> apply() {
    return apply;
  }
}
