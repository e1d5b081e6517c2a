package dev.molt.dsl.hook;

import dev.molt.dsl.source.Position;
import groovy.lang.Closure;
import groovy.lang.Script;

/** What the file of a filter, test or lookup in Groovy extends. */
public abstract class PluginScript extends Script {
  private ScriptLine lines;
  private Position position;
  private Closure<?> code;

  void read(ScriptSource source) {
    lines = new ScriptLine(source);
    run();
  }

  private void code(Closure<?> closure) {
    position = lines.now();
    code = closure;
  }

  /** The filter that the file is: takes the value, then what stands in its parentheses. */
  public void filter(Closure<?> closure) {
    code(closure);
  }

  /** The test that the file is: takes the value, then what stands in its parentheses. */
  public void test(Closure<?> closure) {
    code(closure);
  }

  /** The lookup that the file is: takes its terms, a list, then its options, a map. */
  public void lookup(Closure<?> closure) {
    code(closure);
  }

  /** The line where it begins. */
  Position position() {
    return position;
  }

  Closure<?> code() {
    return code;
  }
}
