package dev.molt.dsl.source;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects diagnostics, so that all mistakes are reported at once. Not thread-safe. */
public final class Diagnostics {
  private final Set<Diagnostic> all = new LinkedHashSet<>();

  public void add(Diagnostic diagnostic) {
    all.add(diagnostic);
  }

  public void addAll(DiagnosticException exception) {
    exception.diagnostics().forEach(this::add);
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
  }

  public int size() {
    return all.size();
  }

  /** In the order in which they were added, each once. */
  public List<Diagnostic> all() {
    return List.copyOf(all);
  }

  /** Throws everything that was collected if any of it is an error. */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new DiagnosticException(all());
    }
  }
}
