package dev.molt.runner.repl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a line is all there, or goes on in the next one: an open quote or brace, a backslash at
 * the end of a command, a block of YAML that no blank line has ended yet. In Groovy, whatever is
 * open; and where it begins below {@code :groovy}, a blank line ends it, too.
 */
public final class Completeness {
  /** A list, a key with its value below, a text in a block, and what no task can do with alone. */
  private static final Pattern BLOCK =
      Pattern.compile("(- .*|-|[\\w.]+:\\s*([|>][-+0-9]*\\s*)?|name:\\s.*)");

  private static final String GROOVY = ":groovy";

  private Completeness() {}

  /** What is missing; empty where nothing is. */
  public static Optional<String> missing(String text) {
    String line = text.stripLeading();
    if (line.equals(GROOVY) || line.matches("(?s)" + GROOVY + "\\s.*")) {
      return groovy(line.substring(GROOVY.length()));
    } else if (line.startsWith("#") || line.startsWith(":")) {
      return Optional.empty();
    } else if (line.startsWith("!")) {
      return line.endsWith("\\") ? Optional.of("\\") : Optional.empty();
    } else if (BLOCK.matcher(line.lines().findFirst().orElse("")).matches()) {
      return blankLine(text);
    }
    return open(line);
  }

  /** One ends a block, so that what is pasted runs too. */
  private static Optional<String> blankLine(String text) {
    return text.matches("(?s).*\\n[ \\t]*") ? Optional.empty() : Optional.of("an empty line");
  }

  /** Whether it is a block of YAML that a blank line has ended. */
  static boolean endedByBlankLine(String text) {
    return BLOCK.matcher(text.stripLeading().lines().findFirst().orElse("")).matches()
        && blankLine(text).isEmpty();
  }

  /**
   * Whether a block goes on behind a blank line.
   *
   * @param next the line behind it: indented as what stands in the block, it belongs there, too
   */
  static boolean goesOn(String block, String next) {
    List<String> lines = block.lines().filter(l -> !l.isBlank()).toList();
    int least = indent(lines.get(0)) + 1;
    int inner =
        lines.stream()
            .skip(1)
            .mapToInt(Completeness::indent)
            .filter(i -> i >= least)
            .min()
            .orElse(least);
    return indent(next) >= inner;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static Optional<String> groovy(String code) {
    Optional<String> open = OpenGroovy.in(code);
    boolean below = code.lines().findFirst().orElse("").isBlank();
    return open.isEmpty() && below ? blankLine(code) : open;
  }

  private static Optional<String> open(String line) {
    Deque<Character> brackets = new ArrayDeque<>();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (quotes(line, i, !brackets.isEmpty())) {
        quote = c;
      } else if (c == '{' || c == '[' || c == '(') {
        brackets.push(c == '{' ? '}' : c == '[' ? ']' : ')');
      } else if (!brackets.isEmpty() && c == brackets.peek()) {
        brackets.pop();
      }
    }
    if (quote != 0) {
      return Optional.of(String.valueOf(quote));
    }
    // A lone bracket may be meant, as in a pattern; braces come in pairs.
    return brackets.contains('}') ? Optional.of("}") : Optional.empty();
  }

  /** Within a word, as in {@code it's}, a quote is none; after {@code =} it is. */
  private static boolean quotes(String line, int at, boolean nested) {
    char c = line.charAt(at);
    if (c != '\'' && c != '"') {
      return false;
    }
    return nested || at == 0 || " \t\n=([,:".indexOf(line.charAt(at - 1)) >= 0;
  }
}
