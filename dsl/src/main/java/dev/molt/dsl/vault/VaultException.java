package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.util.List;

/**
 * An encrypted text could not be decrypted. Knows the text, for those who have a password of it.
 */
public final class VaultException extends DiagnosticException {
  private static final long serialVersionUID = 1L;

  static final String NO_SECRETS = "Attempting to decrypt but no vault secrets found";
  static final String NONE_FITS =
      "Decryption failed (no vault secrets were found that could decrypt)";

  private final String ciphertext;

  VaultException(List<Diagnostic> diagnostics, String ciphertext) {
    super(diagnostics);
    this.ciphertext = ciphertext;
  }

  /** Whether it is a missing or wrong password, and no mistake in a file, that this tells of. */
  public static boolean isOfPassword(Diagnostic diagnostic) {
    return diagnostic.message().equals(NO_SECRETS) || diagnostic.message().startsWith(NONE_FITS);
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
