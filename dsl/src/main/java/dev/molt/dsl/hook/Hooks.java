package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import groovy.lang.Closure;
import groovy.lang.GroovySystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.callsite.CallSite;
import org.codehaus.groovy.runtime.callsite.CallSiteArray;

/**
 * The closures of one hook file, or of the lines that stand in its place. Thread-safe: every call
 * works on its own copy of a closure. Loading this class loads Groovy.
 */
public final class Hooks {
  private final LoadedScript<HookScript> script;
  private final Map<Moment, List<Closure<?>>> closures;

  private Hooks(LoadedScript<HookScript> script, Map<Moment, List<Closure<?>>> closures) {
    this.script = script;
    this.closures = closures;
  }

  /**
   * Compiles them, or finds them compiled.
   *
   * @param atPlay whether they are given at a play: what {@code before} and {@code after} mean
   * @throws DiagnosticException with the place of every mistake
   */
  public static Hooks load(ScriptSource source, boolean atPlay) {
    LoadedScript<HookScript> script = LoadedScript.of(source, HookScript.class, HookContext.class);
    return new Hooks(script, script.with(made -> made.closures(atPlay)));
  }

  /**
   * Reads lines by themselves, without what will stand around them: mistakes in them are found
   * where they are.
   *
   * @throws DiagnosticException with the place of every mistake
   */
  public static void parse(ScriptSource source) {
    ScriptCompiler.parse(source, Scripts.className(source.name()));
  }

  /**
   * Does what takes Groovy longest, so that it can be done beside something else: makes its
   * registry, and one call of each usual kind. Says nothing of what goes wrong: that will be met
   * again where it matters.
   */
  public static void warmUp() {
    try {
      GroovySystem.getMetaClassRegistry();
      String[] calls = {"containsKey", "size", "leftShift"};
      CallSite[] sites = new CallSiteArray(Hooks.class, calls).array;
      sites[0].call(new LinkedHashMap<>(), "");
      sites[1].callGetProperty(new LinkedHashMap<>());
      sites[2].call(new ArrayList<>(), "");
    } catch (Throwable e) {
      // See above.
    }
  }

  /** Whether there is anything to call. */
  public boolean has(Moment moment) {
    return closures.containsKey(moment);
  }

  /**
   * Calls them in the order in which they are written, or the other way round after something.
   *
   * @param argument what the closures take, if they take anything
   * @throws HookException where one fails or skips
   * @throws DiagnosticException where one has a mistake
   */
  public void call(Moment moment, HookContext context, Object argument) {
    List<Closure<?>> order = new ArrayList<>(closures.getOrDefault(moment, List.of()));
    if (moment.after()) {
      java.util.Collections.reverse(order);
    }
    for (Closure<?> closure : order) {
      SaidLines.to(context::say);
      try {
        script.call(closure, context, argument == null ? new Object[0] : new Object[] {argument});
      } catch (HookException e) {
        throw e.at(script.errors().position(e));
      } finally {
        SaidLines.end();
      }
    }
  }
}
