package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.Script;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.GeneratedClosure;

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
    return guarded(
        errors,
        () -> {
          if (!bare && spreads(copy, arguments)) {
            throw new MissingMethodException("doCall", copy.getClass(), arguments);
          }
          return bare ? copy.call() : copy.call(arguments);
        });
  }

  /** Whether Groovy would take the items of the only argument for the arguments. */
  private static boolean spreads(Closure<?> closure, Object... arguments) {
    return closure instanceof GeneratedClosure
        && arguments.length == 1
        && arguments[0] instanceof List
        && Arrays.stream(closure.getClass().getMethods())
            .filter(m -> m.getName().equals("doCall"))
            .map(Method::getParameterTypes)
            .noneMatch(taken -> takes(taken, arguments[0]));
  }

  private static boolean takes(Class<?>[] types, Object only) {
    Class<?> last = types.length == 0 ? Object.class : types[types.length - 1];
    boolean any = last.isArray() && last.getComponentType().isInstance(only);
    return types.length == 1
        ? any || types[0].isInstance(only)
        : types.length == 2 && last.isArray() && types[0].isInstance(only);
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
