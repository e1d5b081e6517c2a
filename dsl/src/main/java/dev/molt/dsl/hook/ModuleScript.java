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
  private Step plan;
  private Step apply;

  /** A closure, and where it stands. */
  record Step(Position position, Closure<?> code) {}

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
    plan = step("plan", plan, closure);
  }

  /** Makes the change; takes the options as a map. */
  public void apply(@DelegatesTo(ModuleContext.class) Closure<?> closure) {
    apply = step("apply", apply, closure);
  }

  private Step step(String word, Step before, Closure<?> closure) {
    Position at = lines.now();
    if (before != null) {
      throw Diagnostic.error(at, "a module has one " + word)
          .withNote("the first is here", before.position())
          .withHint("say in one closure what both do")
          .asException();
    }
    return new Step(at, closure);
  }

  List<OptionDefinition> options() {
    return options;
  }

  String summary() {
    return summary;
  }

  Step plan() {
    return plan;
  }

  Step apply() {
    return apply;
  }
}
