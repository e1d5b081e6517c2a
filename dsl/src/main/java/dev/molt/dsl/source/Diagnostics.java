package dev.molt.dsl.source;

import java.util.ArrayList;
import java.util.List;

/** Collects diagnostics, so that all mistakes are reported at once. Not thread-safe. */
public final class Diagnostics {
  private final List<Diagnostic> all = new ArrayList<>();

  public void add(Diagnostic diagnostic) {
    if (!all.contains(diagnostic)) {
      all.add(diagnostic);
    }
  }

  public void addAll(DiagnosticException exception) {
    exception.diagnostics().forEach(this::add);
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
  }

  public List<Diagnostic> all() {
    return List.copyOf(all);
  }

  /** Throws everything that was collected if any of it is an error. */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new DiagnosticException(all);
    }
  }
}
