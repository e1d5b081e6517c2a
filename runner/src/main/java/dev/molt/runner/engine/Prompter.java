package dev.molt.runner.engine;

import java.util.Optional;

/** Asks the user. */
@FunctionalInterface
public interface Prompter {
  /** For runs without a terminal: there is nobody to ask. */
  Prompter NOBODY = (prompt, secret) -> Optional.empty();

  /**
   * Shows a prompt and reads a line.
   *
   * @param secret whether what is typed is not to be shown
   * @return empty where there is nobody to ask
   */
  Optional<String> ask(String prompt, boolean secret);
}
