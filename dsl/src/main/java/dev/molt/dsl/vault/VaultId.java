package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import java.util.Optional;

/**
 * What a command line or a setting calls a vault password: {@code LABEL@SOURCE}, or a source alone.
 *
 * @param source the name of a file or program; {@code prompt} to be asked; {@code
 *     prompt_ask_vault_pass} to be asked in the words of {@code --ask-vault-pass}
 */
public record VaultId(Optional<String> label, String source) {
  private static final String PROMPT = "prompt";
  private static final String ASK = "prompt_ask_vault_pass";

  /**
   * Takes it apart.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where the label could not stand in the header
   *     of an encrypted text
   */
  public static VaultId parse(String text) {
    int at = text.indexOf('@');
    String label = at < 0 ? "" : text.substring(0, at);
    if (text.contains(";") || label.lines().count() > 1) {
      throw Diagnostic.error(
              "'"
                  + text
                  + "' is not a valid vault id. The character ';' is not allowed in vault ids")
          .asException();
    }
    return new VaultId(Optional.of(label).filter(l -> !l.isEmpty()), text.substring(at + 1));
  }

  /** The one that {@code --ask-vault-pass} stands for. */
  public static VaultId ask(String label) {
    return new VaultId(Optional.of(label), ASK);
  }

  /** The one that {@code --vault-password-file} stands for. */
  public static VaultId file(String label, String name) {
    return new VaultId(Optional.of(label), name);
  }

  boolean isPrompt() {
    return source.equals(PROMPT) || isAsk();
  }

  boolean isAsk() {
    return source.equals(ASK);
  }
}
