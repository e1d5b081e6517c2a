package dev.molt.runner.cli.lint;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostic.Severity;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts findings into words, or into JSON for programs. */
final class Report {
  static final Json.Options LAID_OUT = new Json.Options(2, false, false, ",", ": ");

  private Report() {}

  /** For people, with the lines around, and how many there are. */
  static String text(Findings findings, int files) {
    StringBuilder text = new StringBuilder();
    findings.sorted().forEach(d -> text.append(DiagnosticFormatter.format(d)).append('\n'));
    text.append(count(files, "file")).append(": ");
    text.append(count(findings.count(Severity.ERROR), "error")).append(", ");
    return text.append(count(findings.count(Severity.WARNING), "warning")).append('\n').toString();
  }

  private static String count(long number, String what) {
    return (number == 0 ? "no" : String.valueOf(number)) + " " + what + (number == 1 ? "" : "s");
  }

  /** One mapping with all findings and their counts. */
  static String json(Findings findings, int files) {
    List<Value> all = new ArrayList<>();
    for (Diagnostic diagnostic : findings.sorted()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put("rule", Value.of(Rule.of(diagnostic).id()));
      fields.put("severity", Value.of(severity(diagnostic)));
      fields.put("message", Value.of(diagnostic.message()));
      diagnostic.hint().ifPresent(h -> fields.put("hint", Value.of(h)));
      place(diagnostic.position(), fields);
      if (!diagnostic.notes().isEmpty()) {
        fields.put("notes", ListValue.of(diagnostic.notes().stream().map(Report::note).toList()));
      }
      all.add(MapValue.ofStrings(fields));
    }
    Map<String, Value> report = new LinkedHashMap<>();
    report.put("files", Value.of(files));
    report.put("errors", Value.of(findings.count(Severity.ERROR)));
    report.put("warnings", Value.of(findings.count(Severity.WARNING)));
    report.put("findings", new ListValue(all));
    return Json.write(MapValue.ofStrings(report), LAID_OUT) + "\n";
  }

  static String severity(Diagnostic diagnostic) {
    return diagnostic.severity().name().toLowerCase(Locale.ROOT);
  }

  private static Value note(Diagnostic.Note note) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("message", Value.of(note.message()));
    place(Optional.of(note.position()), fields);
    return MapValue.ofStrings(fields);
  }

  private static void place(Optional<Position> position, Map<String, Value> fields) {
    position.ifPresent(
        p -> {
          fields.put("file", Value.of(p.source().name()));
          fields.put("line", Value.of(p.line()));
          fields.put("column", Value.of(p.column()));
          fields.put("end_column", Value.of(p.column() + p.length()));
        });
  }
}
