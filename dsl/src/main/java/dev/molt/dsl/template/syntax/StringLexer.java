package dev.molt.dsl.template.syntax;

/** Reads a string in quotes, with Python's escapes. */
final class StringLexer {
  private final String source;
  private final boolean raw;
  private final StringBuilder out = new StringBuilder();
  private int at;

  /**
   * @param raw whether a backslash stands for itself, unless a quote follows
   */
  StringLexer(String source, boolean raw) {
    this.source = source;
    this.raw = raw;
  }

  /** Where the string ends, after its closing quote. */
  int end() {
    return at;
  }

  String read(int start) {
    char quote = source.charAt(start);
    for (at = start + 1; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == quote) {
        at++;
        return out.toString();
      } else if (c == '\\' && at + 1 < source.length()) {
        at++;
        escape(source.charAt(at), quote);
      } else if (c == '\r') {
        out.append('\n');
        at += at + 1 < source.length() && source.charAt(at + 1) == '\n' ? 1 : 0;
      } else {
        out.append(c);
      }
    }
    throw new SyntaxException("the string is never closed", start, 1);
  }

  private void escape(char c, char quote) {
    if (raw) {
      out.append(c == quote ? "" : "\\").append(c);
      return;
    }
    switch (c) {
      case '\n' -> {}
      case '\\', '\'', '"' -> out.append(c);
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'a' -> out.append('\u0007');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'v' -> out.append('\u000b');
      case 'x' -> code(2);
      case 'u' -> code(4);
      case 'U' -> code(8);
      default -> {
        if (c >= '0' && c <= '7') {
          octal();
        } else {
          out.append('\\').append(c);
        }
      }
    }
  }

  private void octal() {
    int code = 0;
    int from = at;
    while (at < source.length() && at < from + 3 && Character.digit(source.charAt(at), 8) >= 0) {
      code = code * 8 + Character.digit(source.charAt(at++), 8);
    }
    at--;
    out.append((char) code);
  }

  private void code(int digits) {
    int from = at + 1;
    long code = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < source.length() ? Character.digit(source.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new SyntaxException("the escape needs " + digits + " hex digits", at - 1, 2);
      }
      code = code * 16 + digit;
    }
    if (code > Character.MAX_CODE_POINT) {
      throw new SyntaxException("there is no such character", at - 1, digits + 2);
    }
    out.appendCodePoint((int) code);
    at += digits;
  }
}
