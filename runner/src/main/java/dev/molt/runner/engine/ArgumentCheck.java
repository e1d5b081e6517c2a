package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Checks values against a specification of arguments, in Ansible's words: tools read them. */
final class ArgumentCheck {
  private final List<String> errors = new ArrayList<>();

  private ArgumentCheck() {}

  /** All that is wrong. */
  static List<String> check(Map<String, Value> spec, Map<String, Value> given) {
    ArgumentCheck check = new ArgumentCheck();
    check.arguments(spec, given, "");
    return check.errors;
  }

  private void arguments(Map<String, Value> spec, Map<String, Value> given, String within) {
    Map<String, Value> values = new LinkedHashMap<>();
    TreeSet<String> unsupported = new TreeSet<>();
    given.forEach(
        (name, value) -> {
          String known = name;
          for (Map.Entry<String, Value> entry : spec.entrySet()) {
            if (texts(field(entry.getValue(), "aliases")).contains(name)) {
              known = entry.getKey();
            }
          }
          if (spec.containsKey(known)) {
            values.put(known, value);
          } else {
            unsupported.add(name);
          }
        });
    TreeSet<String> missing = new TreeSet<>();
    spec.forEach(
        (name, described) -> {
          boolean required =
              field(described, "required") != null && Truth.of(field(described, "required"));
          Value value = values.get(name);
          if (required && (value == null || value == NullValue.NULL)) {
            missing.add(name);
          } else if (value != null && value != NullValue.NULL) {
            one(name, described, value, within);
          }
        });
    if (!missing.isEmpty()) {
      errors.add("missing required arguments: " + String.join(", ", missing) + found(within));
    }
    if (!unsupported.isEmpty()) {
      errors.add(
          String.join(", ", unsupported)
              + ". Supported parameters include: "
              + String.join(", ", new TreeSet<>(spec.keySet()))
              + ".");
    }
  }

  private static String found(String within) {
    return within.isEmpty() ? "" : " found in " + within;
  }

  private void one(String name, Value described, Value value, String within) {
    String type = text(described, "type", "str");
    if (!fits(type, value)) {
      errors.add(
          "argument '"
              + name
              + "' is of type "
              + kind(value)
              + (within.isEmpty() ? "" : " found in '" + within + "'.")
              + " and we were unable to convert to "
              + type
              + ": "
              + reason(type, value));
      return;
    }
    Value choices = field(described, "choices");
    if (choices instanceof ListValue list && !list.items().isEmpty()) {
      for (Value item : value instanceof ListValue many ? many.items() : List.of(value)) {
        if (!texts(choices).contains(Python.str(item))) {
          errors.add(
              "value of "
                  + name
                  + " must be "
                  + (value instanceof ListValue ? "one or more of: " : "one of: ")
                  + String.join(", ", texts(choices))
                  + ", got "
                  + (value instanceof ListValue ? "no match for: " : ": ").stripLeading()
                  + Python.str(item)
                  + found(within));
        }
      }
    }
    String elements = text(described, "elements", "");
    if (type.equals("list") && !elements.isEmpty() && value instanceof ListValue list) {
      for (Value item : list.items()) {
        if (!fits(elements, item)) {
          errors.add(
              "Elements value for option '"
                  + name
                  + "' is of type "
                  + kind(item)
                  + " and we were unable to convert to "
                  + elements
                  + ": "
                  + reason(elements, item));
        }
      }
    }
    if (field(described, "options") instanceof MapValue options) {
      String path = within.isEmpty() ? name : within + " -> " + name;
      for (Value item : value instanceof ListValue list ? list.items() : List.of(value)) {
        if (item instanceof MapValue map) {
          arguments(strings(options), strings(map), path);
        }
      }
    }
  }

  private static Map<String, Value> strings(MapValue map) {
    Map<String, Value> strings = new LinkedHashMap<>();
    map.entries().forEach((k, v) -> strings.put(Python.str(k), v));
    return strings;
  }

  private static boolean fits(String type, Value value) {
    return switch (type) {
      case "int" -> isInt(value);
      case "float" -> isFloat(value);
      case "bool" -> Truth.ofWord(Python.str(value)).isPresent();
      case "list" -> value instanceof ListValue || value instanceof StrValue || isNumber(value);
      case "dict" -> value instanceof MapValue || looksLikeDict(value);
      default -> true;
    };
  }

  private static boolean looksLikeDict(Value value) {
    return value instanceof StrValue text
        && (text.text().strip().startsWith("{") || text.text().contains("="));
  }

  private static boolean isNumber(Value value) {
    return value instanceof IntValue || value instanceof FloatValue;
  }

  private static boolean isInt(Value value) {
    return value instanceof IntValue
        || (value instanceof FloatValue f && f.value() == Math.rint(f.value()))
        || (value instanceof StrValue s && s.text().strip().matches("[+-]?\\d+"));
  }

  private static boolean isFloat(Value value) {
    return isNumber(value)
        || (value instanceof StrValue s
            && s.text().strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?"));
  }

  private static String reason(String type, Value value) {
    return switch (type) {
      case "bool" -> "The value '" + Python.str(value) + "' is not a valid boolean.";
      case "dict" ->
          value instanceof StrValue
              ? "dictionary requested, could not parse JSON or key=value"
              : kind(value) + " cannot be converted to a dict";
      default ->
          kind(value)
              + " cannot be converted to "
              + ("aeiou".indexOf(type.charAt(0)) >= 0 ? "an " : "a ")
              + type;
    };
  }

  private static String kind(Value value) {
    String name =
        value instanceof StrValue
            ? "str"
            : value instanceof ListValue
                ? "list"
                : value instanceof MapValue
                    ? "dict"
                    : value instanceof BoolValue
                        ? "bool"
                        : value instanceof IntValue ? "int" : "float";
    return "<class '" + name + "'>";
  }

  private static Value field(Value described, String name) {
    return described instanceof MapValue map ? map.get(name) : null;
  }

  private static String text(Value described, String name, String otherwise) {
    Value value = field(described, name);
    return value == null ? otherwise : Python.str(value);
  }

  private static List<String> texts(Value list) {
    return list instanceof ListValue l ? l.items().stream().map(Python::str).toList() : List.of();
  }
}
