package dev.molt.runner.module.files;

import java.util.ArrayList;
import java.util.List;

/** Takes a command line apart as a shell would, and as Ansible does. */
public final class CommandWords {
  private CommandWords() {}

  /**
   * The words of a line: separated by white space; quotes and backslashes as in sh, nothing else of
   * sh.
   *
   * @throws IllegalArgumentException if a quote is not closed, or the line ends in a backslash
   */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '\\' && quote != '\'') {
        i++;
        if (i == line.length()) {
          throw new IllegalArgumentException("nothing follows the backslash at the end: " + line);
        }
        char escaped = line.charAt(i);
        if (quote == '"' && escaped != '"' && escaped != '\\') {
          word.append(c);
        }
        word.append(escaped);
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("no closing " + quote + " in: " + line);
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
