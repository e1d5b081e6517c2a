package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An option of a module in Groovy.
 *
 * @param type what it is converted to: String, Boolean, Integer, Double, List (of texts), Map, or
 *     Object for any value
 * @param defaultValue of that type
 * @param choices the texts that it may be; empty for any
 */
public record OptionDefinition(
    String name,
    Class<?> type,
    boolean required,
    Optional<Value> defaultValue,
    List<String> choices,
    List<String> aliases,
    boolean sensitive,
    String doc) {
  private static final List<String> KEYS =
      List.of("type", "required", "default", "choices", "aliases", "sensitive", "doc");

  private static final List<Class<?>> TYPES =
      List.of(
          String.class,
          Boolean.class,
          Integer.class,
          Double.class,
          List.class,
          Map.class,
          Object.class);

  private static final Map<Class<?>, String> WORDS =
      Map.of(
          String.class, "a text",
          Boolean.class, "true or false",
          Integer.class, "a whole number",
          Double.class, "a number",
          List.class, "a list of texts",
          Map.class, "a map",
          Object.class, "any value");

  /**
   * One of what a script says.
   *
   * @param at where it says so
   * @throws DiagnosticException there, for what no option can be
   */
  static OptionDefinition of(String name, Map<String, Object> given, Position at) {
    for (String key : given.keySet()) {
      if (!KEYS.contains(key)) {
        throw Diagnostic.error(at, "the option '" + name + "' cannot have '" + key + "'")
            .withHint(Suggestions.hint(key, KEYS).orElse("it has " + String.join(", ", KEYS)))
            .asException();
      }
    }
    Class<?> type = type(name, given.getOrDefault("type", String.class), at);
    List<String> choices = texts(given.get("choices"));
    if (!choices.isEmpty() && !choices.containsAll(texts(given.get("default")))) {
      throw Diagnostic.error(
              at, "the default of the option '" + name + "' is not one of its choices")
          .withHint("it is one of " + String.join(", ", choices))
          .asException();
    }
    return new OptionDefinition(
        name,
        type,
        flag(name, given, "required", at),
        Optional.ofNullable(given.get("default")).map(d -> defaultValue(name, type, d, at)),
        choices,
        texts(given.get("aliases")),
        flag(name, given, "sensitive", at),
        String.valueOf(given.getOrDefault("doc", "")));
  }

  private static Class<?> type(String name, Object given, Position at) {
    Object type =
        given == boolean.class
            ? Boolean.class
            : given == int.class ? Integer.class : given == double.class ? Double.class : given;
    if (type instanceof Class<?> known && TYPES.contains(known)) {
      return known;
    }
    String found = given instanceof Class<?> other ? other.getSimpleName() : "'" + given + "'";
    throw Diagnostic.error(at, "the option '" + name + "' cannot be of the type " + found)
        .withHint(
            "it is one of " + String.join(", ", TYPES.stream().map(Class::getSimpleName).toList()))
        .asException();
  }

  private static boolean flag(String name, Map<String, Object> given, String key, Position at) {
    Object value = given.getOrDefault(key, false);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw Diagnostic.error(at, "'" + key + "' of the option '" + name + "' is true or false")
        .withHint("write " + key + ": true, without quotes")
        .asException();
  }

  private static Value defaultValue(String name, Class<?> type, Object given, Position at) {
    Value value = Plain.value(given);
    if (fits(type, value)) {
      return value;
    }
    Class<?> own = typeOf(value);
    String found =
        own != type
            ? WORDS.get(own)
            : type == List.class ? "a list with something else in it" : "one that is too large";
    throw Diagnostic.error(
            at,
            "the option '" + name + "' takes " + WORDS.get(type) + ", and its default is " + found)
        .withHint(
            "give it another default, or say 'type: "
                + (own == type ? Object.class : own).getSimpleName()
                + "'")
        .asException();
  }

  private static boolean fits(Class<?> type, Value value) {
    if (type == Integer.class) {
      return value instanceof IntValue number && number.value().bitLength() < Integer.SIZE;
    } else if (type == Double.class) {
      return value instanceof FloatValue || value instanceof IntValue;
    } else if (type == List.class) {
      return value instanceof ListValue list
          && list.items().stream()
              .noneMatch(
                  i -> i instanceof ListValue || i instanceof MapValue || i instanceof NullValue);
    }
    return type == Object.class || type == typeOf(value);
  }

  private static Class<?> typeOf(Value value) {
    if (value instanceof StrValue) {
      return String.class;
    } else if (value instanceof BoolValue) {
      return Boolean.class;
    } else if (value instanceof IntValue) {
      return Integer.class;
    } else if (value instanceof FloatValue) {
      return Double.class;
    } else if (value instanceof ListValue) {
      return List.class;
    }
    return value instanceof MapValue ? Map.class : Object.class;
  }

  private static List<String> texts(Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof Collection<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of(value.toString());
  }
}
