package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.ValueException;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Says what went wrong in a script at the line where it did. */
final class ScriptErrors {
  private final ScriptSource source;
  private final String className;
  private final Class<?> context;

  /**
   * For one script.
   *
   * @param context whose methods and properties it can use
   */
  ScriptErrors(ScriptSource source, Class<?> context) {
    this.source = source;
    this.className = Scripts.className(source.name());
    this.context = context;
  }

  /** The mistake, with the line of the script that it came from. */
  DiagnosticException of(Throwable thrown) {
    if (thrown instanceof DiagnosticException known) {
      return known;
    }
    return Diagnostic.error(position(thrown), message(thrown)).withHint(hint(thrown)).asException();
  }

  /** The line of the script that it came from. */
  Position position(Throwable thrown) {
    return source.at(line(thrown).orElse(1), 0, 1);
  }

  /** The innermost line of this script in the stack. */
  private Optional<Integer> line(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      for (StackTraceElement frame : each.getStackTrace()) {
        boolean own =
            frame.getClassName().equals(className)
                || frame.getClassName().startsWith(className + "$");
        if (own && frame.getLineNumber() > 0) {
          return Optional.of(frame.getLineNumber());
        }
      }
    }
    return Optional.empty();
  }

  private static String message(Throwable thrown) {
    if (thrown instanceof MissingPropertyException missing) {
      return "there is no '" + missing.getProperty() + "' here";
    } else if (thrown instanceof MissingMethodException missing) {
      return "there is no "
          + missing.getMethod()
          + "("
          + String.join(
              ", ", Arrays.stream(missing.getArguments()).map(ScriptErrors::type).toList())
          + ") here";
    } else if (thrown instanceof InterruptedException) {
      return "this was interrupted";
    } else if (thrown instanceof StackOverflowError) {
      return "this calls itself without end";
    }
    String text = thrown.getMessage() == null ? "" : thrown.getMessage().strip();
    boolean telling =
        !text.isEmpty()
            && (thrown.getClass() == RuntimeException.class
                || thrown instanceof IllegalArgumentException
                || thrown instanceof ValueException);
    return telling ? text : thrown.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text);
  }

  private static String type(Object argument) {
    return argument == null
        ? "null"
        : argument instanceof Closure ? "Closure" : argument.getClass().getSimpleName();
  }

  private Optional<String> hint(Throwable thrown) {
    if (thrown instanceof MissingPropertyException missing) {
      return Suggestions.hint(missing.getProperty(), names())
          .or(
              () ->
                  Optional.of("variables of the host are in vars: vars." + missing.getProperty()));
    } else if (thrown instanceof MissingMethodException missing) {
      Collection<String> names = names();
      return names.contains(missing.getMethod())
          ? Optional.of("its arguments are others: docs/hooks.md")
          : Suggestions.hint(missing.getMethod(), names);
    }
    return Optional.empty();
  }

  /** What a script can say: methods, and properties by their own names. */
  private Collection<String> names() {
    List<String> names = new ArrayList<>();
    Arrays.stream(context.getMethods())
        .filter(m -> m.getDeclaringClass() != Object.class)
        .forEach(
            m -> {
              String name = m.getName();
              boolean property = name.startsWith("get") && m.getParameterCount() == 0;
              names.add(
                  property ? Character.toLowerCase(name.charAt(3)) + name.substring(4) : name);
            });
    return names;
  }
}
