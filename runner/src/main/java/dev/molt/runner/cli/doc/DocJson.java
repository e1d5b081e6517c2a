package dev.molt.runner.cli.doc;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documentation for programs: a mapping by kind and name. */
final class DocJson {
  static final Json.Options LAID_OUT = new Json.Options(2, false, false, ",", ": ");

  private DocJson() {}

  static String of(Map<DocEntry.Kind, List<DocEntry>> entries) {
    Map<String, Value> kinds = new LinkedHashMap<>();
    entries.forEach(
        (kind, list) -> {
          Map<String, Value> named = new LinkedHashMap<>();
          list.forEach(e -> named.put(e.name(), entry(e)));
          kinds.put(kind.word(), MapValue.ofStrings(named));
        });
    return Json.write(MapValue.ofStrings(kinds), LAID_OUT);
  }

  private static Value entry(DocEntry entry) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("summary", Value.of(entry.summary()));
    if (entry.names().size() > 1) {
      List<String> others = entry.names().subList(1, entry.names().size());
      fields.put("aliases", ListValue.ofStrings(others));
    }
    boolean setting = entry.kind() == DocEntry.Kind.SETTING;
    entry.signature().ifPresent(s -> fields.put(setting ? "default" : "arguments", Value.of(s)));
    entry.type().ifPresent(t -> type(t, fields));
    if (!entry.places().isEmpty()) {
      fields.put(setting ? "set_by" : "places", ListValue.ofStrings(entry.places()));
    }
    entry.freeForm().ifPresent(f -> fields.put("free_form", Value.of(f)));
    if (!entry.options().isEmpty()) {
      Map<String, Value> options = new LinkedHashMap<>();
      entry.options().forEach(o -> options.put(o.name(), option(o)));
      fields.put("options", MapValue.ofStrings(options));
    }
    return MapValue.ofStrings(fields);
  }

  private static Value option(DocOption option) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("description", Value.of(option.doc()));
    type(option.type(), fields);
    fields.put("required", Value.of(option.required()));
    option.defaultValue().ifPresent(d -> fields.put("default", Value.of(d)));
    if (!option.aliases().isEmpty()) {
      fields.put("aliases", ListValue.ofStrings(option.aliases()));
    }
    return MapValue.ofStrings(fields);
  }

  private static void type(DocType type, Map<String, Value> fields) {
    fields.put("type", Value.of(type.name()));
    if (!type.choices().isEmpty()) {
      fields.put("choices", ListValue.ofStrings(type.choices()));
    }
    type.elements().ifPresent(e -> fields.put("elements", Value.of(e.name())));
  }
}
