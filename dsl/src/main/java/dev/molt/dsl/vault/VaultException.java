package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.util.List;

/**
 * An encrypted text could not be decrypted. Knows the text, for those who have a password of it.
 */
public final class VaultException extends DiagnosticException {
  private static final long serialVersionUID = 1L;

  private final String ciphertext;

  VaultException(List<Diagnostic> diagnostics, String ciphertext) {
    super(diagnostics);
    this.ciphertext = ciphertext;
  }

  /** The encrypted text as it stands. */
  public String ciphertext() {
    return ciphertext;
  }

  /** The same with other words. */
  public VaultException with(List<Diagnostic> diagnostics) {
    return new VaultException(diagnostics, ciphertext);
  }
}
