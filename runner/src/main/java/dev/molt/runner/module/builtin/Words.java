package dev.molt.runner.module.builtin;

import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns a command line into words as a shell quotes them, and words back into shell text. */
final class Words {
  private static final Pattern HOME = Pattern.compile("~[A-Za-z0-9._-]*(?=/|$)");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)\\})");

  private Words() {}

  /**
   * The words of a line: separated by white space; quotes and backslashes as in sh, nothing else of
   * sh.
   *
   * @throws IllegalArgumentException if a quote is not closed, or the line ends in a backslash
   */
  static List<String> split(String line) {
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
   * A word for sh in which a leading {@code ~} and variables are expanded by the host, and nothing
   * else is. As with Ansible, a variable that is not set stays as it is written.
   */
  static String expanding(String word) {
    StringBuilder out = new StringBuilder();
    Matcher home = HOME.matcher(word);
    int from = 0;
    if (home.lookingAt()) {
      out.append(home.group());
      from = home.end();
    }
    Matcher variable = VARIABLE.matcher(word);
    while (variable.find(from)) {
      literal(out, word.substring(from, variable.start()));
      String name = variable.group(1) != null ? variable.group(1) : variable.group(2);
      out.append("\"${").append(name).append('-').append(escaped(variable.group())).append("}\"");
      from = variable.end();
    }
    literal(out, word.substring(from));
    return out.length() == 0 ? "''" : out.toString();
  }

  private static void literal(StringBuilder out, String text) {
    if (!text.isEmpty()) {
      out.append(ShellQuote.quote(text));
    }
  }

  /** A variable as written, for within double quotes inside an expansion. */
  private static String escaped(String variable) {
    return variable.replace("$", "\\$").replace("}", "\\}");
  }
}
