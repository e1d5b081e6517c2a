package dev.molt.dsl.hook;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An option of a module in Groovy.
 *
 * @param type what it is converted to: String, Boolean, Integer, Double, List (of texts), Map, or
 *     Object for any value
 * @param defaultValue as it would be written in a playbook
 * @param choices the texts that it may be; empty for any
 */
public record OptionDefinition(
    String name,
    Class<?> type,
    boolean required,
    Optional<String> defaultValue,
    List<String> choices,
    List<String> aliases,
    boolean sensitive,
    String doc) {
  private static final Set<String> KEYS =
      Set.of("type", "required", "default", "choices", "aliases", "sensitive", "doc");

  private static final List<Class<?>> TYPES =
      List.of(
          String.class,
          Boolean.class,
          Integer.class,
          Double.class,
          List.class,
          Map.class,
          Object.class);

  static OptionDefinition of(String name, Map<String, Object> given) {
    for (String key : given.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "the option '" + name + "' cannot have '" + key + "': it has " + KEYS);
      }
    }
    Object type = given.getOrDefault("type", String.class);
    if (type == boolean.class || type == int.class || type == double.class) {
      type =
          type == boolean.class ? Boolean.class : type == int.class ? Integer.class : Double.class;
    }
    if (!(type instanceof Class<?> known) || !TYPES.contains(known)) {
      throw new IllegalArgumentException(
          "the option '"
              + name
              + "' cannot be of the type "
              + type
              + ": it is one of String,"
              + " Boolean, Integer, Double, List, Map and Object");
    }
    List<String> choices = texts(given.get("choices"));
    if (!choices.isEmpty() && !choices.containsAll(texts(given.get("default")))) {
      throw new IllegalArgumentException(
          "the default of the option '"
              + name
              + "' is not one of its choices: "
              + String.join(", ", choices));
    }
    return new OptionDefinition(
        name,
        known,
        Boolean.TRUE.equals(given.get("required")),
        Optional.ofNullable(given.get("default")).map(OptionDefinition::text),
        choices,
        texts(given.get("aliases")),
        Boolean.TRUE.equals(given.get("sensitive")),
        String.valueOf(given.getOrDefault("doc", "")));
  }

  private static String text(Object value) {
    return value instanceof Collection<?> items
        ? String.join(", ", items.stream().map(String::valueOf).toList())
        : value.toString();
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
