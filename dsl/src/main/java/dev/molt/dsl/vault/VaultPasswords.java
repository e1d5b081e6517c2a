package dev.molt.dsl.vault;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gets vault passwords from where their ids say: asks for them, reads files, runs programs. Used by
 * one thread.
 */
public final class VaultPasswords {
  /** Asks somebody for a text that must not be seen. */
  @FunctionalInterface
  public interface Prompt {
    /**
     * What was answered, without its line break; empty where nobody answers.
     *
     * @param question such as {@code Vault password: }
     */
    Optional<String> ask(String question);
  }

  private final String defaultId;
  private final Function<String, Path> paths;
  private final Prompt prompt;
  private final Consumer<Diagnostic> warnings;

  /**
   * For the passwords of one command.
   *
   * @param defaultId what passwords without a label are called
   * @param paths makes a path of what a user wrote
   * @param warnings is told of each password that could not be had, if another one could
   */
  public VaultPasswords(
      String defaultId,
      Function<String, Path> paths,
      Prompt prompt,
      Consumer<Diagnostic> warnings) {
    this.defaultId = defaultId;
    this.paths = paths;
    this.prompt = prompt;
    this.warnings = warnings;
  }

  /** As below, for passwords that exist. */
  public List<VaultSecret> load(List<VaultId> ids) {
    return load(ids, false);
  }

  /** As below, for passwords to encrypt with: those that are asked for are asked for twice. */
  public List<VaultSecret> loadNew(List<VaultId> ids) {
    return load(ids, true);
  }

  /**
   * Gets the passwords in order. A password file may be encrypted with a password before it.
   *
   * @return one secret for each id, without those that could not be had
   * @throws DiagnosticException where none could be had, for each why, and where somebody who was
   *     asked gave no password
   */
  private List<VaultSecret> load(List<VaultId> ids, boolean confirmed) {
    List<VaultSecret> secrets = new ArrayList<>();
    Diagnostics problems = new Diagnostics();
    for (VaultId id : ids) {
      String label = id.label().orElse(defaultId);
      if (id.isPrompt()) {
        secrets.add(VaultSecret.of(label, asked(id, label, confirmed)));
        continue;
      }
      try {
        PasswordFile file = new PasswordFile(paths.apply(id.source()));
        secrets.add(VaultSecret.of(label, file.read(id.label(), VaultSecrets.of(secrets))));
      } catch (DiagnosticException e) {
        Diagnostic problem = e.diagnostics().get(0);
        problems.add(
            Diagnostic.error(
                    "Error getting vault password file (" + label + "): " + problem.message())
                .withHint(problem.hint()));
      }
    }
    if (secrets.isEmpty()) {
      problems.throwIfErrors();
    }
    problems.all().forEach(p -> warnings.accept(p.asWarning()));
    return secrets;
  }

  private byte[] asked(VaultId id, String label, boolean confirmed) {
    String of = id.isAsk() ? "" : " (" + label + ")";
    // Programs that answer for people wait for just these words.
    String word = id.isAsk() ? "Vault" : "vault";
    String first =
        ask(confirmed ? "New " + word + " password" + of + ": " : "Vault password" + of + ": ");
    if (confirmed) {
      String again = (id.isAsk() ? "Confirm New Vault password" : "Confirm new vault password");
      if (!ask(again + of + ": ").equals(first)) {
        throw Diagnostic.error("Passwords do not match").asException();
      }
    }
    return first.getBytes(StandardCharsets.UTF_8);
  }

  private String ask(String question) {
    String answer = prompt.ask(question).map(String::strip).orElse("");
    if (answer.isEmpty()) {
      throw Diagnostic.error("Invalid vault password was provided")
          .withHint("it was asked for, and nothing was answered; a password file needs nobody")
          .asException();
    }
    return answer;
  }
}
