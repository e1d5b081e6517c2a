package dev.molt.dsl.template;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.util.List;

/** An undefined value was used. */
public class UndefinedException extends DiagnosticException {
  private static final long serialVersionUID = 1L;

  private final boolean unknown;

  public UndefinedException(List<Diagnostic> diagnostics, boolean unknown) {
    super(diagnostics);
    this.unknown = unknown;
  }

  /** Whether a real run would know the value, and only a check cannot. */
  public boolean unknown() {
    return unknown;
  }
}
