package dev.molt.runner.cli.lint;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in all files, each once: a file that several playbooks import is read for each of
 * them. Not thread-safe.
 */
final class Findings {
  private record Key(Severity severity, String message, String place) {}

  private final Map<Key, Diagnostic> found = new LinkedHashMap<>();

  void add(Collection<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      String place = diagnostic.position().map(Object::toString).orElse("");
      found.putIfAbsent(new Key(diagnostic.severity(), diagnostic.message(), place), diagnostic);
    }
  }

  /** By file, line and column; what has no place comes first. */
  List<Diagnostic> sorted() {
    List<Diagnostic> all = new ArrayList<>(found.values());
    all.sort(
        Comparator.comparing((Diagnostic d) -> d.position().map(p -> p.source().name()).orElse(""))
            .thenComparing(d -> d.position().map(p -> p.line()).orElse(0))
            .thenComparing(d -> d.position().map(p -> p.column()).orElse(0)));
    return all;
  }

  long count(Severity severity) {
    return found.values().stream().filter(d -> d.severity() == severity).count();
  }
}
