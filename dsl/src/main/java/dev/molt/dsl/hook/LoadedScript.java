package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A script that has been compiled, or found compiled, with all that it is used with: what it prints
 * goes to {@link Printed}, and what goes wrong in it is said at its line. As thread-safe as the
 * script is; its closures are copied for each call.
 */
record LoadedScript<S extends Script>(S script, ScriptErrors errors) {
  /**
   * Loads it, and does not run it.
   *
   * @param context whose names errors suggest
   * @throws DiagnosticException with the place of every mistake
   */
  static <S extends Script> LoadedScript<S> of(
      ScriptSource source, Class<S> base, Class<?> context) {
    Printed.catchStreams();
    ScriptErrors errors = new ScriptErrors(source, base, context);
    S script = guarded(errors, () -> new Scripts(ScriptCache.ofUser()).load(source, base));
    script.setBinding(new GuardedBinding(errors));
    script.getBinding().setVariable("out", Printed.writer());
    return new LoadedScript<>(script, errors);
  }

  /**
   * Has the script do something.
   *
   * @throws DiagnosticException where it has a mistake
   */
  <T> T with(Function<S, T> work) {
    return guarded(errors, () -> work.apply(script));
  }

  /**
   * Calls a copy of a closure of the script's.
   *
   * @param delegate what it finds names in first; null for none
   * @param arguments left out where the closure takes none
   * @throws HookException what it has thrown; likewise {@link PassedException}
   * @throws DiagnosticException where it has a mistake
   */
  Object call(Closure<?> closure, Object delegate, Object... arguments) {
    Closure<?> copy = (Closure<?>) closure.clone();
    if (delegate != null) {
      copy.setDelegate(delegate);
      copy.setResolveStrategy(Closure.DELEGATE_FIRST);
    }
    boolean bare = arguments.length == 0 || copy.getMaximumNumberOfParameters() == 0;
    return guarded(errors, () -> bare ? copy.call() : copy.call(arguments));
  }

  private static <T> T guarded(ScriptErrors errors, Supplier<T> work) {
    try {
      return work.get();
    } catch (HookException | PassedException e) {
      throw e;
    } catch (Exception | Error e) {
      throw errors.of(e);
    }
  }
}
