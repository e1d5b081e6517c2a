package dev.molt.runner.cli.doc;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON schemas of types, as lenient as options are: a number may be written as text, and a template
 * may stand for anything.
 */
final class SchemaTypes {
  private static final String TRUTH =
      "^([Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[Tt]rue|TRUE|[Ff]alse|FALSE|[YyNnTtFf01])$";

  private SchemaTypes() {}

  /** A mapping of keys and values in turn. */
  static MapValue object(Object... keysAndValues) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = keysAndValues[i + 1];
      entries.put(
          (String) keysAndValues[i],
          value instanceof String text
              ? Value.of(text)
              : value instanceof Boolean truth ? Value.of(truth.booleanValue()) : (Value) value);
    }
    return MapValue.ofStrings(entries);
  }

  static ListValue words(String... words) {
    return ListValue.ofStrings(List.of(words));
  }

  static MapValue ref(String name) {
    return object("$ref", "#/$defs/" + name);
  }

  static MapValue anyOf(Value... schemas) {
    return object("anyOf", ListValue.of(schemas));
  }

  /** What schemas of this type refer to. */
  static Map<String, Value> definitions() {
    Map<String, Value> all = new LinkedHashMap<>();
    Value template = object("type", "string", "pattern", "\\{[{%]");
    all.put("template", template);
    all.put(
        "bool",
        anyOf(
            object("type", "boolean"),
            object("enum", ListValue.of(Value.of(0), Value.of(1))),
            object("type", "string", "pattern", TRUTH),
            ref("template")));
    all.put(
        "int",
        anyOf(
            object("type", "integer"),
            object("type", "string", "pattern", "^\\s*-?[0-9]+\\s*$"),
            ref("template")));
    all.put(
        "number",
        anyOf(
            object("type", "number"),
            object("type", "string", "pattern", "^\\s*-?[0-9]+(\\.[0-9]*)?%?\\s*$"),
            ref("template")));
    all.put("str", object("type", words("string", "number", "boolean", "null")));
    all.put("mode", object("type", words("string", "integer")));
    all.put("dict", anyOf(object("type", words("object", "null")), ref("template")));
    all.put(
        "condition",
        object(
            "type",
            words("string", "boolean", "number", "array", "null"),
            "items",
            object("type", words("string", "boolean", "number"))));
    return all;
  }

  static MapValue of(DocType type) {
    return switch (type.name()) {
      case "any" -> MapValue.empty();
      case "choice" -> anyOf(object("enum", ListValue.ofStrings(type.choices())), ref("template"));
      case "float" -> ref("number");
      case "list" -> list(type.elements().orElse(DocType.ANY));
      default -> ref(type.name());
    };
  }

  /** A list, one item instead of a list, or items with commas between them. */
  private static MapValue list(DocType elements) {
    MapValue item = of(elements);
    if (item.entries().isEmpty()) {
      return item;
    }
    List<Value> schemas = new ArrayList<>();
    schemas.add(object("type", "array", "items", item));
    schemas.add(object("type", words("string", "null")));
    schemas.add(item);
    return object("anyOf", ListValue.of(schemas));
  }
}
