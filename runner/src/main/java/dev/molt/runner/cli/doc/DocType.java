package dev.molt.runner.cli.doc;

import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Expression;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.Spec.OptionSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * The type of an option or keyword, for people and for schemas. Immutable.
 *
 * @param name {@code bool}, {@code int}, {@code float}, {@code str}, {@code mode}, a choice, {@code
 *     list}, {@code dict}, {@code condition}, {@code tasks}, {@code number} or {@code any}
 * @param choices the words of a choice, in lower case
 * @param elements the type of a list's items
 */
record DocType(String name, List<String> choices, Optional<DocType> elements) {
  static final DocType ANY = of("any");
  private static final DocType TEXT = of("str");

  /**
   * From a table: a name, {@code choice(a,b)}, or {@code list}, whose items are texts.
   *
   * @throws IllegalArgumentException for no such type
   */
  static DocType of(String text) {
    if (text.startsWith("choice(") && text.endsWith(")")) {
      String words = text.substring("choice(".length(), text.length() - 1);
      return new DocType("choice", List.of(words.split(",")), Optional.empty());
    }
    return switch (text) {
      case "list" -> new DocType(text, List.of(), Optional.of(TEXT));
      case "bool", "int", "float", "str", "mode", "dict", "condition", "tasks", "number", "any" ->
          new DocType(text, List.of(), Optional.empty());
      default -> throw new IllegalArgumentException("no type " + text);
    };
  }

  /** Of an option. */
  static DocType of(OptionSpec option) {
    DocType type = of(option.type());
    if (option.choices().isEmpty()) {
      return type;
    }
    DocType choice = new DocType("choice", option.choices(), Optional.empty());
    return type.elements().isPresent()
        ? new DocType("list", List.of(), Optional.of(choice))
        : choice;
  }

  private static DocType of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      Class<?> raw = (Class<?>) parameterized.getRawType();
      Type[] arguments = parameterized.getActualTypeArguments();
      if (raw == Optional.class) {
        return of(arguments[0]);
      } else if (raw == List.class) {
        return new DocType("list", List.of(), Optional.of(of(arguments[0])));
      }
      return of("dict");
    }
    Class<?> plain = (Class<?>) type;
    if (plain == boolean.class || plain == Boolean.class) {
      return of("bool");
    } else if (plain == int.class
        || plain == Integer.class
        || plain == long.class
        || plain == Long.class) {
      return of("int");
    } else if (plain == double.class || plain == Double.class) {
      return of("float");
    } else if (plain == FileMode.class) {
      return of("mode");
    } else if (plain == Expression.class) {
      return of("condition");
    } else if (plain == Value.class) {
      return ANY;
    }
    return plain == String.class ? TEXT : of("dict");
  }

  /** For people: {@code list of str}, {@code one of present, absent}. */
  @Override
  public String toString() {
    if (!choices.isEmpty()) {
      return "one of " + String.join(", ", choices);
    }
    return elements.map(e -> name + " of " + e).orElse(name);
  }
}
