package dev.molt.runner.cli;

import java.util.Optional;

/** Asks whoever sits at the terminal. Used by one thread. */
@FunctionalInterface
interface Asker {
  /**
   * What was answered, without its line break; empty at the end of the input.
   *
   * @param question is shown as it is
   * @param hidden whether the answer must not be seen
   */
  Optional<String> ask(String question, boolean hidden);
}
