package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.util.List;

/**
 * What was asked of {@code molt vault} cannot be done as it was asked; ends it with another exit
 * status than a failure does, as scripts that call {@code ansible-vault} expect.
 */
final class VaultUsage extends DiagnosticException {
  private static final long serialVersionUID = 1L;

  /** The words of the command line are wrong in themselves. */
  static final int ARGUMENTS = 2;

  /** The options do not go together, or with the settings. */
  static final int OPTIONS = 5;

  private final int status;

  private VaultUsage(List<Diagnostic> diagnostics, int status) {
    super(diagnostics);
    this.status = status;
  }

  static VaultUsage wrong(String message) {
    return new VaultUsage(List.of(Diagnostic.error(message)), OPTIONS);
  }

  /** The same as what an exception says. */
  static VaultUsage of(DiagnosticException e, int status) {
    return new VaultUsage(e.diagnostics(), status);
  }

  int status() {
    return status;
  }
}
