package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.ValueException;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what went wrong in a script at the line where it did. */
final class ScriptErrors {
  private final ScriptSource source;
  private final String className;
  private final Class<?> base;
  private final Class<?> context;

  /**
   * For one script.
   *
   * @param base whose methods it can use at its top
   * @param context whose methods and properties its closures can use
   */
  ScriptErrors(ScriptSource source, Class<?> base, Class<?> context) {
    this.source = source;
    this.base = base;
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

  /** The innermost line of the script in a stack. */
  Position position(StackTraceElement[] stack) {
    return source.at(line(stack).orElse(1), 0, 1);
  }

  /** The innermost line of this script in the stack. */
  private Optional<Integer> line(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      Optional<Integer> line = line(each.getStackTrace());
      if (line.isPresent()) {
        return line;
      }
    }
    return Optional.empty();
  }

  private Optional<Integer> line(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(
            f -> f.getClassName().equals(className) || f.getClassName().startsWith(className + "$"))
        .map(StackTraceElement::getLineNumber)
        .filter(line -> line > 0)
        .findFirst();
  }

  private String message(Throwable thrown) {
    if (thrown instanceof MissingPropertyException missing) {
      return own(missing.getType())
          ? "there is no '" + missing.getProperty() + "' here"
          : "a " + type(missing.getType()) + " has no '" + missing.getProperty() + "'";
    } else if (thrown instanceof MissingMethodException missing) {
      String given =
          Arrays.stream(missing.getArguments())
              .map(a -> a == null ? "null" : type(a.getClass()))
              .collect(Collectors.joining(", ", "(", ")"));
      if (missing.getMethod().equals("doCall")) {
        return "this closure takes " + taken(missing.getType()) + ", and is given " + given;
      }
      return own(missing.getType())
          ? "there is no " + missing.getMethod() + given + " here"
          : "a " + type(missing.getType()) + " has no " + missing.getMethod() + given;
    } else if (thrown instanceof InterruptedException) {
      return "this was interrupted";
    } else if (thrown instanceof StackOverflowError) {
      return "this calls itself without end";
    }
    String text = text(thrown);
    boolean telling =
        !text.isEmpty()
            && (thrown.getClass() == RuntimeException.class
                || thrown instanceof IllegalArgumentException
                || thrown instanceof ValueException);
    return telling ? text : thrown.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text);
  }

  /** What it says; classes of scripts may say it with code of their own, which may go wrong. */
  private static String text(Throwable thrown) {
    try {
      return thrown.getMessage() == null ? "" : thrown.getMessage().strip();
    } catch (RuntimeException | StackOverflowError e) {
      return "";
    }
  }

  /** Whether a name was looked for in the script itself, and not in some value. */
  private boolean own(Class<?> type) {
    return type == null
        || type.getName().startsWith(className)
        || base.isAssignableFrom(type)
        || context.isAssignableFrom(type)
        || Binding.class.isAssignableFrom(type)
        || filled(type);
  }

  /** Whether it is what closures of the script are filled with: a play, a group. */
  private boolean filled(Class<?> type) {
    return type != null && (Words.class.isAssignableFrom(type) || type.getEnclosingClass() == base);
  }

  /** What a closure can be called with. */
  private static String taken(Class<?> closure) {
    return Arrays.stream(closure.getMethods())
        .filter(m -> m.getName().equals("doCall"))
        .map(ScriptErrors::parameters)
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static boolean fits(Method method, Object... given) {
    Class<?>[] taken = method.getParameterTypes();
    boolean fits = taken.length == given.length;
    for (int i = 0; fits && i < taken.length; i++) {
      fits =
          given[i] == null
              || taken[i].isInstance(given[i])
              || (taken[i] == String.class && given[i] instanceof CharSequence);
    }
    return fits;
  }

  private static String parameters(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(ScriptErrors::type)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** As people say it who write a script: any map is one. */
  private static String type(Class<?> type) {
    if (Map.class.isAssignableFrom(type)) {
      return "Map";
    } else if (List.class.isAssignableFrom(type)) {
      return "List";
    } else if (CharSequence.class.isAssignableFrom(type)) {
      return "String";
    }
    return Closure.class.isAssignableFrom(type) ? "Closure" : type.getSimpleName();
  }

  private Optional<String> hint(Throwable thrown) {
    if (thrown instanceof MissingPropertyException missing && own(missing.getType())) {
      return hint(missing.getProperty(), missing.getType());
    } else if (thrown instanceof MissingMethodException missing && own(missing.getType())) {
      String name = missing.getMethod();
      List<Method> known =
          Stream.concat(methods(missing.getType()), declared(missing.getType()))
              .filter(m -> m.getName().equals(name))
              .toList();
      if (known.isEmpty()) {
        return Suggestions.hint(name, names(missing.getType())).or(() -> places(missing.getType()));
      } else if (known.stream().anyMatch(m -> fits(m, missing.getArguments()))) {
        return Optional.of(name + " is there in closures only");
      }
      return Optional.of(
          "it takes "
              + known.stream()
                  .map(ScriptErrors::parameters)
                  .distinct()
                  .collect(Collectors.joining(" or ")));
    }
    return Optional.empty();
  }

  /** Whether a name is a word that scripts can say, and so none for their own variables. */
  boolean word(String name) {
    return names(base).contains(name);
  }

  private Optional<String> hint(String property, Class<?> type) {
    if (methods(type).anyMatch(m -> property(m).equals(Optional.of(property)))) {
      return Optional.of(property + " is there in closures only");
    } else if (methods(type).anyMatch(m -> m.getName().equals(property))) {
      return Optional.of(property + " takes something: " + property + " ...");
    } else if (type != null && Words.class.isAssignableFrom(type)) {
      return Optional.of(
          String.format(
              "what hosts know is said in texts: '{{ %1$s }}', when '%1$s'; and a word has something"
                  + " behind it: %1$s 'x', %1$s(['x']) or %1$s()",
              property));
    }
    boolean vars = methods(base).anyMatch(m -> property(m).equals(Optional.of("vars")));
    return Suggestions.hint(property, names(type))
        .or(
            () ->
                Optional.of("variables of the host are in vars: vars." + property)
                    .filter(h -> vars));
  }

  /** What a script can say: methods, and properties by their own names. */
  private Set<String> names(Class<?> type) {
    return methods(type).map(m -> property(m).orElse(m.getName())).collect(Collectors.toSet());
  }

  /** What can be said, or where it can. */
  private Optional<String> places(Class<?> type) {
    if (base == PlaybookScript.class && base.isAssignableFrom(type)) {
      return Optional.of("words stand in what they are said of: play('all') { ... }, task { ... }");
    }
    return filled(type) ? Optional.of(all(type)) : Optional.empty();
  }

  private static String all(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()))
        .map(Method::getName)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", ", "what can stand here: ", ""));
  }

  /** What a class of the script's own has. */
  private Stream<Method> declared(Class<?> type) {
    return type != null && type.getName().startsWith(className)
        ? Arrays.stream(type.getDeclaredMethods())
        : Stream.empty();
  }

  /** Those of scripts like this one, and of what a name was looked for in. */
  private Stream<Method> methods(Class<?> type) {
    return Stream.of(base, context, filled(type) ? type : base)
        .distinct()
        .flatMap(c -> Arrays.stream(c.getMethods()))
        .filter(m -> m.getDeclaringClass().getPackage().equals(ScriptErrors.class.getPackage()));
  }

  private static Optional<String> property(Method method) {
    String name = method.getName();
    return name.startsWith("get") && name.length() > 3 && method.getParameterCount() == 0
        ? Optional.of(Character.toLowerCase(name.charAt(3)) + name.substring(4))
        : Optional.empty();
  }
}
