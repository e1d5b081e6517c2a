package dev.molt.runner.cli.ansible;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes results out, as JSON on one line or several, or as YAML. */
final class ResultDump {
  private static final int INDENT = 4;
  private static final String OMITTED = "<omitted>";

  private final DisplayOptions options;

  ResultDump(DisplayOptions options) {
    this.options = options;
  }

  /** The result without what is never shown, or not at this verbosity. */
  String dump(ResultKeys keys) {
    boolean laidOut =
        options.pretty().orElse(keys.always() || options.yaml() || options.verbosity() > 2);
    MapValue shown = MapValue.empty();
    shown.entries().putAll(keys.map().entries());
    if (options.verbosity() < 3) {
      shown.entries().remove(new StrValue("invocation"));
      shown.entries().remove(new StrValue("diff"));
    }
    shown.entries().remove(new StrValue("exception"));
    if (options.yaml()) {
      return yaml(shown);
    }
    return json(shown, laidOut ? INDENT : -1);
  }

  /** On one line, whatever the settings say. */
  static String line(MapValue map) {
    return json(map, 1).replace("\n", "");
  }

  private String yaml(MapValue shown) {
    boolean lossy = options.pretty().orElse(true);
    if (lossy) {
      for (String stream : new String[] {"stdout", "stderr"}) {
        if (shown.has(stream) && shown.has(stream + "_lines")) {
          shown.put(stream + "_lines", new StrValue(OMITTED));
        }
      }
    }
    return "\n" + YamlDump.indented(shown, INDENT, lossy).stripTrailing();
  }

  private static String json(MapValue shown, int indent) {
    try {
      return Json.write(shown, new Json.Options(indent, true, false, ", ", ": "));
    } catch (ValueException e) {
      // Keys of several types have no order; those at the top are texts, mostly.
      Map<String, Map.Entry<Value, Value>> sorted = new TreeMap<>();
      shown.entries().entrySet().forEach(k -> sorted.put(Python.str(k.getKey()), k));
      Map<Value, Value> ordered = new LinkedHashMap<>();
      sorted.values().forEach(k -> ordered.put(k.getKey(), k.getValue()));
      return Json.write(new MapValue(ordered), new Json.Options(indent, false, false, ", ", ": "));
    }
  }
}
