package dev.molt.dsl.template.syntax;

import java.util.List;

/** Splits what stands inside a tag. */
final class TokenLexer {
  private static final int MAX_BRACKETS = 400;
  private static final List<String> LONG_OPERATORS = List.of("//", "**", "==", "!=", "<=", ">=");
  private static final String OPERATORS = "+-*/%~[](){}<>=.:|,;";

  private final String source;
  private final List<Token> tokens;
  private final boolean rawStrings;
  private final StringBuilder brackets = new StringBuilder();
  private int at;

  TokenLexer(String source, List<Token> tokens, boolean rawStrings) {
    this.source = source;
    this.tokens = tokens;
    this.rawStrings = rawStrings;
  }

  /**
   * Reads up to the first of these ends outside of brackets.
   *
   * @param ends what may end it, longest first; empty where the end of the text does
   * @param start where the tag begins, for the error that it has no end
   * @return where the end begins
   */
  int run(int from, List<String> ends, int start) {
    at = from;
    while (true) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      if (brackets.length() == 0) {
        for (String end : ends) {
          if (source.startsWith(end, at)) {
            return at;
          }
        }
      }
      if (at >= source.length()) {
        return end(ends, start);
      }
      token();
    }
  }

  /**
   * Reads up to the end of the line, or of the line in which the last bracket is closed.
   *
   * @return where the line ends
   */
  int line(int from) {
    at = from;
    while (true) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        if (brackets.length() == 0 && source.charAt(at) == '\n') {
          return at;
        }
        at++;
      }
      if (at >= source.length()) {
        return end(List.of(), from);
      }
      token();
    }
  }

  private int end(List<String> ends, int start) {
    if (brackets.length() > 0) {
      throw new SyntaxException(
          "unexpected end of template, expected '" + brackets.charAt(brackets.length() - 1) + "'",
          Math.max(0, source.length() - 1),
          1);
    } else if (!ends.isEmpty()) {
      String wanted = ends.get(ends.size() - 1);
      throw new SyntaxException("this has no end: expected '" + wanted + "'", start, 2);
    }
    return source.length();
  }

  private void token() {
    char c = source.charAt(at);
    if (Character.isLetter(c) || c == '_') {
      int from = at;
      while (at < source.length() && namePart(source.charAt(at))) {
        at++;
      }
      add(Token.Kind.NAME, source.substring(from, at), from);
    } else if (c >= '0' && c <= '9') {
      number();
    } else if (c == '"' || c == '\'') {
      int from = at;
      StringLexer string = new StringLexer(source, rawStrings);
      String content = string.read(from);
      at = string.end();
      add(Token.Kind.STRING, content, from);
    } else {
      operator(c);
    }
  }

  private static boolean namePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private void operator(char c) {
    for (String operator : LONG_OPERATORS) {
      if (source.startsWith(operator, at)) {
        at += 2;
        add(Token.Kind.OPERATOR, operator, at - 2);
        return;
      }
    }
    if (OPERATORS.indexOf(c) < 0) {
      String hint =
          c == '!' ? "write 'not'" : c == '&' ? "write 'and'" : c == '$' ? "leave out the $" : null;
      throw new SyntaxException("unexpected character '" + c + "'", at, 1, hint);
    }
    int open = "([{".indexOf(c);
    if (open >= 0) {
      brackets.append(")]}".charAt(open));
      if (brackets.length() > MAX_BRACKETS) {
        throw new SyntaxException("brackets are nested too deeply", at, 1);
      }
    } else if (")]}".indexOf(c) >= 0) {
      int last = brackets.length() - 1;
      if (last < 0) {
        throw new SyntaxException("unexpected '" + c + "'", at, 1);
      } else if (brackets.charAt(last) != c) {
        throw new SyntaxException(
            "unexpected '" + c + "', expected '" + brackets.charAt(last) + "'", at, 1);
      }
      brackets.setLength(last);
    }
    at++;
    add(Token.Kind.OPERATOR, String.valueOf(c), at - 1);
  }

  private void number() {
    int from = at;
    char base = at + 1 < source.length() ? Character.toLowerCase(source.charAt(at + 1)) : ' ';
    int radix = base == 'x' ? 16 : base == 'o' ? 8 : base == 'b' ? 2 : 10;
    if (source.charAt(at) == '0' && radix != 10 && digit(at + 2, radix)) {
      at += 2;
      digits(radix);
      String digits = source.substring(from + 2, at).replace("_", "");
      String text = new java.math.BigInteger(digits, radix).toString();
      add(Token.Kind.INTEGER, text, from);
      return;
    }
    digits(10);
    // After a dot it is an index, as in x.0.1, and no float.
    boolean index = !tokens.isEmpty() && tokens.get(tokens.size() - 1).is(".");
    boolean isFloat = false;
    if (!index && at < source.length() && source.charAt(at) == '.' && digit(at + 1, 10)) {
      at++;
      digits(10);
      isFloat = true;
    }
    if (!index && at < source.length() && Character.toLowerCase(source.charAt(at)) == 'e') {
      char sign = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
      int exponent = sign == '+' || sign == '-' ? at + 2 : at + 1;
      if (digit(exponent, 10)) {
        at = exponent;
        digits(10);
        isFloat = true;
      }
    }
    String text = source.substring(from, at).replace("_", "");
    if (text.length() > 4300) {
      throw new SyntaxException("the number has more than 4300 digits", from, 1);
    }
    add(isFloat ? Token.Kind.FLOAT : Token.Kind.INTEGER, text, from);
  }

  private boolean digit(int index, int radix) {
    return index < source.length()
        && source.charAt(index) < 0x80
        && Character.digit(source.charAt(index), radix) >= 0;
  }

  private void digits(int radix) {
    while (digit(at, radix)
        || (at < source.length() && source.charAt(at) == '_' && digit(at + 1, radix))) {
      at++;
    }
  }

  private void add(Token.Kind kind, String text, int from) {
    tokens.add(new Token(kind, text, from, at));
  }
}
