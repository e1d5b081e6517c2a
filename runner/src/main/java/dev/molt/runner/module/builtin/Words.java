package dev.molt.runner.module.builtin;

import dev.molt.runner.module.files.CommandWords;
import dev.molt.runner.module.files.Expansion;
import dev.molt.runner.remote.ShellQuote;
import java.util.List;
import java.util.stream.Collectors;

/** Turns a command line into words as a shell quotes them, and words back into shell text. */
final class Words {
  private Words() {}

  /**
   * The words of a line: separated by white space; quotes and backslashes as in sh, nothing else of
   * sh.
   *
   * @throws IllegalArgumentException if a quote is not closed, or the line ends in a backslash
   */
  static List<String> split(String line) {
    return CommandWords.split(line);
  }

  /**
   * The first word of a line.
   *
   * @param text without its quotes
   * @param end where it ends in the line
   */
  record First(String text, int end) {}

  /** The first word of a line that is not blank; a quote that is never closed ends with it. */
  static First first(String line) {
    for (int end = 1; end <= line.length(); end++) {
      if (end == line.length() || Character.isWhitespace(line.charAt(end))) {
        try {
          return new First(split(line.substring(0, end)).get(0), end);
        } catch (IllegalArgumentException open) {
          // The blank is within quotes: the word goes on.
        }
      }
    }
    return new First(line, line.length());
  }

  /** The words quoted for sh, for scripts and for messages. */
  static String quoted(List<String> words) {
    return words.stream().map(ShellQuote::quote).collect(Collectors.joining(" "));
  }

  /**
   * A word for sh in which the host expands a leading {@code ~} and variables, and nothing else.
   */
  static String expanding(String word) {
    return Expansion.shell(word);
  }
}
