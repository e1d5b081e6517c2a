package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import groovy.lang.Closure;
import groovy.lang.GroovySystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.callsite.CallSite;
import org.codehaus.groovy.runtime.callsite.CallSiteArray;

/**
 * The closures of one hook file, or of the lines that stand in its place. Thread-safe: every call
 * works on its own copy of a closure. Loading this class loads Groovy.
 */
public final class Hooks {
  private static final Pattern COMMENTS = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|\\A#![^\n]*");

  private final LoadedScript<HookScript> script;
  private final Map<Moment, List<Closure<?>>> closures;

  private Hooks(LoadedScript<HookScript> script, Map<Moment, List<Closure<?>>> closures) {
    this.script = script;
    this.closures = closures;
  }

  /**
   * Compiles them, or finds them compiled, and then runs what stands outside of closures.
   *
   * @param atPlay whether they are given at a play: what {@code before} and {@code after} mean
   * @throws DiagnosticException with the place of every mistake
   */
  public static Hooks load(ScriptSource source, boolean atPlay) {
    return compile(source, atPlay).get();
  }

  /**
   * The first half of {@link #load}.
   *
   * @return does the other half, which may take as long as it likes
   */
  public static Supplier<Hooks> compile(ScriptSource source, boolean atPlay) {
    LoadedScript<HookScript> script = LoadedScript.of(source, HookScript.class, HookContext.class);
    return () -> {
      Map<Moment, List<Closure<?>>> closures = script.with(made -> made.closures(atPlay));
      if (closures.isEmpty() && !named(source)) {
        throw Diagnostic.error(source.at(1, 0, 1), "this file has no hooks")
            .withHint("write such as 'before { ... }'; docs/hooks.md has the moments there are")
            .asException();
      }
      return new Hooks(script, closures);
    };
  }

  /** Whether there are any in the text: under a condition there may be none this time. */
  private static boolean named(ScriptSource source) {
    String text = COMMENTS.matcher(source.text()).replaceAll("");
    return Moment.words().stream()
        .anyMatch(word -> Pattern.compile("\\b" + word + "\\s*\\(?\\s*\\{").matcher(text).find());
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
   * Calls them in the order in which they are written, or the other way round after something. What
   * is after something is called even where another one failed.
   *
   * @param argument what the closures take, if they take anything
   * @throws HookException where one fails or skips
   * @throws DiagnosticException where one has a mistake, or several fail
   */
  public void call(Moment moment, HookContext context, Object argument) {
    List<Closure<?>> order = new ArrayList<>(closures.getOrDefault(moment, List.of()));
    if (moment.after()) {
      Collections.reverse(order);
    }
    HookEnds ends = new HookEnds(moment);
    for (Closure<?> closure : order) {
      ends.of(() -> call(closure, context, argument));
    }
    ends.settle();
  }

  private void call(Closure<?> closure, HookContext context, Object argument) {
    Object[] given = argument == null ? new Object[0] : new Object[] {argument};
    PlainAssignment.of(context.getClass());
    try {
      Printed.during(context::say, () -> script.call(closure, context, given));
    } catch (HookException e) {
      throw e.at(script.errors().position(e));
    }
  }

  /**
   * A group for the threads that call the hooks: in it are those that the hooks start, too.
   *
   * @param told takes what ends such a thread
   */
  public ThreadGroup threads(Consumer<DiagnosticException> told) {
    return new ThreadGroup("hooks") {
      @Override
      public void uncaughtException(Thread thread, Throwable thrown) {
        if (!(thrown instanceof ThreadDeath)) {
          told.accept(
              thrown instanceof HookException e
                  ? e.at(script.errors().position(e)).diagnostic().asException()
                  : script.errors().of(thrown));
        }
      }
    };
  }

  /**
   * The line that a thread is at, by its stack.
   *
   * @return the first line where it is at none
   */
  public Position at(StackTraceElement[] stack) {
    return script.errors().position(stack);
  }
}
