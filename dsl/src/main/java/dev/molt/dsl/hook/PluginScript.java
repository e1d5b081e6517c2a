package dev.molt.dsl.hook;

import groovy.lang.Closure;
import groovy.lang.Script;

/** What the file of a filter, test or lookup in Groovy extends. */
public abstract class PluginScript extends Script {
  private Closure<?> code;

  /** The filter that the file is: takes the value, then what stands in its parentheses. */
  public void filter(Closure<?> closure) {
    code = closure;
  }

  /** The test that the file is: takes the value, then what stands in its parentheses. */
  public void test(Closure<?> closure) {
    code = closure;
  }

  /** The lookup that the file is: takes its terms, a list, then its options, a map. */
  public void lookup(Closure<?> closure) {
    code = closure;
  }

  Closure<?> code() {
    return code;
  }
}
