package dev.molt.runner.repl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds what is begun and not ended in lines of Groovy: brackets, texts in any quotes, comments.
 * (Texts between slashes are taken for divisions: what they hold seldom is unbalanced.)
 */
final class OpenGroovy {
  /** Longer ones first: each begins with the next. */
  private static final List<String> QUOTES = List.of("'''", "\"\"\"", "'", "\"");

  private final String code;
  private final Deque<String> brackets = new ArrayDeque<>();
  private int at;

  private OpenGroovy(String code) {
    this.code = code;
  }

  /** What would end the innermost of what is open; empty where nothing is. */
  static Optional<String> in(String code) {
    return new OpenGroovy(code).find();
  }

  private Optional<String> find() {
    while (at < code.length()) {
      Optional<String> quote = QUOTES.stream().filter(q -> code.startsWith(q, at)).findFirst();
      if (quote.isPresent()) {
        if (!pass(quote.get())) {
          return quote;
        }
      } else if (code.startsWith("//", at)) {
        int end = code.indexOf('\n', at);
        at = end < 0 ? code.length() : end;
      } else if (code.startsWith("/*", at)) {
        int end = code.indexOf("*/", at + 2);
        if (end < 0) {
          return Optional.of("*/");
        }
        at = end + 2;
      } else {
        bracket(code.charAt(at++));
      }
    }
    return Optional.ofNullable(brackets.peek());
  }

  /** Goes behind the end of a text; false where it has none. */
  private boolean pass(String quote) {
    for (at += quote.length(); at < code.length(); at++) {
      if (code.charAt(at) == '\\') {
        at++;
      } else if (code.startsWith(quote, at)) {
        at += quote.length();
        return true;
      } else if (quote.length() == 1 && code.charAt(at) == '\n') {
        // It should have ended in its line: more lines would not help.
        return true;
      }
    }
    return quote.length() == 1;
  }

  private void bracket(char c) {
    switch (c) {
      case '(' -> brackets.push(")");
      case '[' -> brackets.push("]");
      case '{' -> brackets.push("}");
      default -> {
        if (!brackets.isEmpty() && brackets.peek().charAt(0) == c) {
          brackets.pop();
        }
      }
    }
  }
}
