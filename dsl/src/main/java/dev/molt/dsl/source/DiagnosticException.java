package dev.molt.dsl.source;

import java.util.List;
import java.util.stream.Collectors;

/** What the user wrote cannot be used; every reason that was found is in {@link #diagnostics}. */
public class DiagnosticException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  public DiagnosticException(List<Diagnostic> diagnostics) {
    super(
        diagnostics.stream()
            .map(d -> d.position().map(p -> p + ": ").orElse("") + d.message())
            .collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
