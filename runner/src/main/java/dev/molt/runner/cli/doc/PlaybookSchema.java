package dev.molt.runner.cli.doc;

import static dev.molt.runner.cli.doc.SchemaTypes.object;
import static dev.molt.runner.cli.doc.SchemaTypes.ref;
import static dev.molt.runner.cli.doc.SchemaTypes.words;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.cli.doc.DocEntry.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JSON schema (draft 2020-12) of playbooks, made of what modules and keywords are known to take.
 * It is for editors: what it refuses is wrong, but what it lets pass may still be. Whether an
 * option that must be given is given it does not say, since {@code args} and {@code
 * module_defaults} give options, too.
 */
final class PlaybookSchema {
  private static final String IMPORT = "import_playbook";
  private static final String OTHER_COLLECTIONS =
      "^(ansible\\.legacy|ansible\\.posix|community\\.general|molt)\\.";

  private final DocCatalog catalog;

  PlaybookSchema(DocCatalog catalog) {
    this.catalog = catalog;
  }

  Value make() {
    Map<String, Value> definitions = SchemaTypes.definitions();
    Map<String, Value> modules = new LinkedHashMap<>();
    for (DocEntry module : catalog.of(Kind.MODULE)) {
      String name = "module_" + module.name();
      definitions.put(name, module(module));
      modules.put(module.name(), ref(name));
    }
    modules.keySet().stream()
        .toList()
        .forEach(n -> modules.put("ansible.builtin." + n, modules.get(n)));
    definitions.put("tasks", object("type", words("array", "null"), "items", ref("statement")));
    definitions.put(
        "statement",
        object(
            "type",
            "object",
            "if",
            object("required", words("block")),
            "then",
            ref("block"),
            "else",
            ref("task")));
    definitions.put("block", place("B", Map.of()));
    definitions.put("task", task(modules));
    definitions.put("role", role());
    definitions.put("play", play());
    definitions.put(IMPORT, imported());
    return object(
        "$schema",
        "https://json-schema.org/draft/2020-12/schema",
        "title",
        "Playbook",
        "description",
        "A playbook of Molt; a file of tasks is #/$defs/tasks",
        "type",
        "array",
        "items",
        object(
            "type",
            "object",
            "if",
            SchemaTypes.anyOf(
                object("required", words(IMPORT)),
                object("required", words("ansible.builtin." + IMPORT))),
            "then",
            ref(IMPORT),
            "else",
            ref("play")),
        "$defs",
        MapValue.ofStrings(definitions));
  }

  private static MapValue module(DocEntry module) {
    Map<String, Value> properties = new LinkedHashMap<>();
    boolean rest = false;
    for (DocOption option : module.options()) {
      rest |= option.rest();
      if (!option.rest()) {
        MapValue schema = described(SchemaTypes.of(option.type()), description(option));
        properties.put(option.name(), schema);
        option.aliases().forEach(a -> properties.put(a, schema));
      }
    }
    return object(
        "description",
        module.summary(),
        "type",
        words("object", "string", "null"),
        "properties",
        MapValue.ofStrings(properties),
        "additionalProperties",
        rest);
  }

  private static String description(DocOption option) {
    return option.doc()
        + (option.required() ? " Must be given." : "")
        + option.defaultValue().map(d -> " Default: " + d + ".").orElse("");
  }

  private static MapValue described(MapValue schema, String description) {
    return schema.put("description", Value.of(description));
  }

  private MapValue task(Map<String, Value> modules) {
    Value anything = Value.of(true);
    return place("T", modules)
        .put("patternProperties", object("^with_", anything, OTHER_COLLECTIONS, anything));
  }

  private MapValue role() {
    MapValue mapping = place("R", Map.of()).put("additionalProperties", Value.of(true));
    return mapping.put("type", words("object", "string"));
  }

  private MapValue play() {
    Value roles = object("type", words("array", "null"), "items", ref("role"));
    return place("P", Map.of("roles", roles)).put("required", words("hosts"));
  }

  private MapValue imported() {
    Map<String, Value> properties = new LinkedHashMap<>();
    for (String name : new String[] {IMPORT, "ansible.builtin." + IMPORT}) {
      properties.put(name, object("type", words("string", "object")));
    }
    for (String name : new String[] {"name", "vars", "when", "tags"}) {
      catalog.find(Kind.KEYWORD, name).ifPresent(k -> properties.put(name, keyword(k)));
    }
    return object(
        "type",
        "object",
        "properties",
        MapValue.ofStrings(properties),
        "additionalProperties",
        false);
  }

  /** The keywords of a place and what else may stand there; nothing more. */
  private MapValue place(String place, Map<String, Value> more) {
    Map<String, Value> properties = new LinkedHashMap<>();
    for (DocEntry keyword : catalog.of(Kind.KEYWORD)) {
      if (keyword.places().contains(place) && !keyword.name().equals(IMPORT)) {
        properties.put(keyword.name(), keyword(keyword));
      }
    }
    properties.putAll(more);
    return object(
        "type",
        "object",
        "properties",
        MapValue.ofStrings(properties),
        "additionalProperties",
        false);
  }

  private static MapValue keyword(DocEntry keyword) {
    return described(SchemaTypes.of(keyword.type().orElseThrow()), keyword.summary());
  }
}
