package dev.molt.runner.cli.lint;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as SARIF 2.1.0, which editors and code hosts read. */
final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  /** A log of one run. */
  static String of(Findings findings, String version) {
    MapValue driver =
        object(
            "name",
            Value.of("molt"),
            "version",
            Value.of(version),
            "rules",
            ListValue.of(Arrays.stream(Rule.values()).map(Sarif::rule).toList()));
    List<Value> results = new ArrayList<>();
    findings.sorted().forEach(d -> results.add(result(d)));
    MapValue run =
        object(
            "tool",
            object("driver", driver),
            "columnKind",
            Value.of("utf16CodeUnits"),
            "results",
            new ListValue(results));
    MapValue log =
        object(
            "$schema", Value.of(SCHEMA), "version", Value.of("2.1.0"), "runs", ListValue.of(run));
    return Json.write(log, Report.LAID_OUT) + "\n";
  }

  private static MapValue object(Object... keysAndValues) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      fields.put((String) keysAndValues[i], (Value) keysAndValues[i + 1]);
    }
    return MapValue.ofStrings(fields);
  }

  private static MapValue message(String text) {
    return object("text", Value.of(text));
  }

  private static Value rule(Rule rule) {
    return object("id", Value.of(rule.id()), "shortDescription", message(rule.summary()));
  }

  private static Value result(Diagnostic diagnostic) {
    Rule rule = Rule.of(diagnostic);
    String text = diagnostic.message() + diagnostic.hint().map(h -> " (" + h + ")").orElse("");
    MapValue result =
        object(
            "ruleId",
            Value.of(rule.id()),
            "ruleIndex",
            Value.of(List.of(Rule.values()).indexOf(rule)),
            "level",
            Value.of(Report.severity(diagnostic)),
            "message",
            message(text));
    diagnostic.position().ifPresent(p -> result.put("locations", ListValue.of(location(p))));
    if (!diagnostic.notes().isEmpty()) {
      List<Value> related = new ArrayList<>();
      diagnostic
          .notes()
          .forEach(n -> related.add(location(n.position()).put("message", message(n.message()))));
      result.put("relatedLocations", new ListValue(related));
    }
    return result;
  }

  private static MapValue location(Position position) {
    MapValue region =
        object(
            "startLine",
            Value.of(position.line()),
            "startColumn",
            Value.of(position.column()),
            "endColumn",
            Value.of(position.column() + position.length()));
    return object(
        "physicalLocation",
        object("artifactLocation", object("uri", Value.of(uri(position))), "region", region));
  }

  /** Relative where the name of the source is. */
  private static String uri(Position position) {
    String name = position.source().name();
    try {
      return Path.of(name).isAbsolute()
          ? Path.of(name).toUri().toString()
          : new URI(null, null, name, null).toASCIIString();
    } catch (URISyntaxException e) {
      return Path.of(name).toUri().toString();
    }
  }
}
