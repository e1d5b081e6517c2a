package dev.molt.runner.cli.doc;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** As much of JSON Schema as Molt's schema uses; an unknown keyword of schemas is an error. */
final class SchemaCheck {
  private static final Set<String> ANNOTATIONS =
      Set.of("$schema", "$defs", "title", "description", "then", "else");

  private final MapValue root;

  SchemaCheck(Value root) {
    this.root = (MapValue) root;
  }

  /** What is wrong, each with its path. */
  List<String> problems(Value value, MapValue schema) {
    List<String> problems = new ArrayList<>();
    check(value, schema, "", problems);
    return problems;
  }

  List<String> problems(Value value) {
    return problems(value, root);
  }

  MapValue definition(String name) {
    return (MapValue) ((MapValue) root.get("$defs")).get(name);
  }

  private boolean fits(Value value, Value schema) {
    List<String> problems = new ArrayList<>();
    check(value, schema, "", problems);
    return problems.isEmpty();
  }

  private void check(Value value, Value given, String path, List<String> problems) {
    if (given instanceof BoolValue allowed) {
      if (!allowed.value()) {
        problems.add(path + " is not allowed");
      }
      return;
    }
    MapValue schema = (MapValue) given;
    for (Map.Entry<Value, Value> entry : schema.entries().entrySet()) {
      String keyword = Python.str(entry.getKey());
      Value argument = entry.getValue();
      switch (keyword) {
        case "$ref" -> {
          String name = Python.str(argument);
          check(value, definition(name.substring("#/$defs/".length())), path, problems);
        }
        case "type" -> {
          List<Value> types = argument instanceof ListValue list ? list.items() : List.of(argument);
          if (types.stream().noneMatch(t -> isA(value, Python.str(t)))) {
            problems.add(path + " is not " + Python.repr(argument));
          }
        }
        case "enum" -> {
          if (!((ListValue) argument).items().contains(value)) {
            problems.add(path + " is none of " + Python.repr(argument));
          }
        }
        case "pattern" -> {
          if (value instanceof StrValue text
              && !Pattern.compile(Python.str(argument)).matcher(text.text()).find()) {
            problems.add(path + " does not match " + Python.str(argument));
          }
        }
        case "anyOf" -> {
          if (((ListValue) argument).items().stream().noneMatch(s -> fits(value, s))) {
            problems.add(path + " fits none of " + Python.repr(argument));
          }
        }
        case "if" -> {
          Value next = schema.get(fits(value, argument) ? "then" : "else");
          if (next != null) {
            check(value, next, path, problems);
          }
        }
        case "items" -> {
          if (value instanceof ListValue list) {
            for (int i = 0; i < list.items().size(); i++) {
              check(list.items().get(i), argument, path + "/" + i, problems);
            }
          }
        }
        case "required" -> {
          if (value instanceof MapValue map) {
            ((ListValue) argument)
                .items().stream()
                    .map(Python::str)
                    .filter(n -> !map.has(n))
                    .forEach(n -> problems.add(path + " has no " + n));
          }
        }
        case "properties", "patternProperties", "additionalProperties" -> {
          // Together, below.
        }
        default -> {
          if (!ANNOTATIONS.contains(keyword)) {
            throw new AssertionError("the schema has " + keyword);
          }
        }
      }
    }
    if (value instanceof MapValue map) {
      map.entries().forEach((k, v) -> property(Python.str(k), v, schema, path, problems));
    }
  }

  private void property(
      String name, Value value, MapValue schema, String path, List<String> problems) {
    boolean known = false;
    if (schema.get("properties") instanceof MapValue named && named.has(name)) {
      known = true;
      check(value, named.get(name), path + "/" + name, problems);
    }
    if (schema.get("patternProperties") instanceof MapValue patterns) {
      for (Map.Entry<Value, Value> entry : patterns.entries().entrySet()) {
        if (Pattern.compile(Python.str(entry.getKey())).matcher(name).find()) {
          known = true;
          check(value, entry.getValue(), path + "/" + name, problems);
        }
      }
    }
    if (!known && schema.get("additionalProperties") != null) {
      check(value, schema.get("additionalProperties"), path + "/" + name, problems);
    }
  }

  private static boolean isA(Value value, String type) {
    return switch (type) {
      case "object" -> value instanceof MapValue;
      case "array" -> value instanceof ListValue;
      case "string" -> value instanceof StrValue;
      case "boolean" -> value instanceof BoolValue;
      case "integer" -> value instanceof IntValue;
      case "number" -> value instanceof IntValue || value instanceof FloatValue;
      case "null" -> value instanceof NullValue;
      default -> throw new AssertionError("no type " + type);
    };
  }
}
