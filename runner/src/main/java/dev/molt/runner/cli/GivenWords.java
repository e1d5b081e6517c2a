package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line gave. Immutable.
 *
 * @param command for errors, such as {@code molt run}
 * @param options the values of each option, in order, under its first name; a flag has an empty
 *     value for each time that it was given
 * @param others the words that are neither options nor their values
 */
public record GivenWords(String command, Map<String, List<String>> options, List<String> others) {

  public boolean has(String name) {
    return options.containsKey(name);
  }

  public int count(String name) {
    return all(name).size();
  }

  public List<String> all(String name) {
    return options.getOrDefault(name, List.of());
  }

  /** The value that was given last. */
  public Optional<String> last(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /**
   * The number that was given last.
   *
   * @throws DiagnosticException if it is no whole number, or below {@code least}
   */
  public Optional<Integer> number(String name, int least) {
    Optional<String> text = last(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(text.get().strip());
      if (number >= least) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name + " takes a number from " + least + " on, found '" + text.get() + "'");
  }

  /**
   * Refuses two options together.
   *
   * @throws DiagnosticException if both were given
   */
  public void notBoth(String one, String other) {
    if (has(one) && has(other)) {
      throw wrong(one + " and " + other + " cannot be given together");
    }
  }

  private DiagnosticException wrong(String message) {
    return Diagnostic.error(message).withHint(command + " --help lists the options").asException();
  }
}
