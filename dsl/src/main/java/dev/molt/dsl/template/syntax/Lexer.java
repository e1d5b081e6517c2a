package dev.molt.dsl.template.syntax;

import dev.molt.dsl.template.TextOptions.Delimiters;
import java.util.ArrayList;
import java.util.List;

/** Splits a template into texts, statements and expressions; those into tokens. */
final class Lexer {
  private final String source;
  private final Syntax syntax;
  private final Delimiters marks;

  /** Null where lines have no meaning of their own. */
  private final LineTags lines;

  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** Set by {@code -} at the end of a tag: the text that follows loses its leading blanks. */
  private boolean stripNext;

  /** Set by the end of a statement or comment: the text that follows loses its first line break. */
  private boolean trimNext;

  private Lexer(String source, Syntax syntax) {
    this.source = source;
    this.syntax = syntax;
    this.marks = syntax.delimiters();
    this.lines = LineTags.of(source, syntax);
  }

  /** The tokens of a template, ending with one of kind END. */
  static List<Token> template(String source, Syntax syntax) {
    Lexer lexer = new Lexer(source, syntax);
    lexer.root();
    return lexer.tokens;
  }

  /** The tokens of a bare expression. */
  static List<Token> expression(String source, Syntax syntax) {
    Lexer lexer = new Lexer(source, syntax);
    TokenLexer tokens = new TokenLexer(source, lexer.tokens, false);
    tokens.run(0, List.of(), 0);
    lexer.add(Token.Kind.END, "", source.length(), source.length());
    return lexer.tokens;
  }

  private void add(Token.Kind kind, String text, int from, int to) {
    tokens.add(new Token(kind, text, from, to));
  }

  private void root() {
    int end = source.length();
    if (!syntax.keepTrailingNewline() && source.endsWith("\n")) {
      end -= source.endsWith("\r\n") ? 2 : 1;
    }
    while (at < end) {
      int start = nextTag(at);
      if (start < 0 || start >= end) {
        text(at, end, "", false);
        break;
      }
      tag(start);
    }
    add(Token.Kind.END, "", source.length(), source.length());
  }

  /** The offset of the next tag of any kind, or -1. */
  private int nextTag(int from) {
    int next = -1;
    for (String mark :
        new String[] {marks.blockStart(), marks.variableStart(), marks.commentStart()}) {
      int found = source.indexOf(mark, from);
      if (found >= 0 && (next < 0 || found < next)) {
        next = found;
      }
    }
    if (lines != null) {
      int found = lines.next(from, next);
      next = found < 0 ? next : found;
    }
    return next;
  }

  /** Takes a statement or comment that goes to the end of its line, if one begins here. */
  private boolean line(int start) {
    int inside = lines == null ? -1 : lines.statement(start);
    int comment = lines == null ? -1 : lines.comment(start);
    if (inside >= 0) {
      text(at, start, "", false);
      add(Token.Kind.BLOCK_BEGIN, "", start, inside);
      int end = new TokenLexer(source, tokens, false).line(inside);
      at = Math.min(source.length(), end + 1);
      add(Token.Kind.BLOCK_END, "", end, at);
    } else if (comment >= 0) {
      text(at, start, "", false);
      int end = source.indexOf('\n', comment);
      at = end < 0 ? source.length() : end;
    }
    return inside >= 0 || comment >= 0;
  }

  private void tag(int start) {
    if (line(start)) {
      return;
    }
    String mark = "";
    for (String candidate :
        new String[] {marks.commentStart(), marks.blockStart(), marks.variableStart()}) {
      // Where one mark begins with another, the longer one is meant.
      if (source.startsWith(candidate, start) && candidate.length() > mark.length()) {
        mark = candidate;
      }
    }
    int inside = start + mark.length();
    char sign = inside < source.length() ? source.charAt(inside) : ' ';
    boolean isVariable = mark.equals(marks.variableStart());
    boolean signed = sign == '-' || (sign == '+' && !isVariable);
    text(at, start, signed ? String.valueOf(sign) : "", !isVariable);
    inside += signed ? 1 : 0;
    if (mark.equals(marks.commentStart())) {
      comment(start, inside);
    } else if (isVariable) {
      add(Token.Kind.VARIABLE_BEGIN, mark, start, inside);
      inside(inside, start, marks.variableEnd(), Token.Kind.VARIABLE_END);
    } else if (!raw(start, inside)) {
      add(Token.Kind.BLOCK_BEGIN, mark, start, inside);
      inside(inside, start, marks.blockEnd(), Token.Kind.BLOCK_END);
    }
  }

  private void inside(int from, int start, String endMark, Token.Kind kind) {
    boolean block = kind == Token.Kind.BLOCK_END;
    List<String> ends =
        block ? List.of("-" + endMark, "+" + endMark, endMark) : List.of("-" + endMark, endMark);
    TokenLexer lexer = new TokenLexer(source, tokens, syntax.rawStrings() && !block);
    int end = lexer.run(from, ends, start);
    char sign = source.charAt(end);
    boolean signed = !source.startsWith(endMark, end);
    at = end + (signed ? 1 : 0) + endMark.length();
    add(kind, endMark, end, at);
    stripNext = signed && sign == '-';
    trimNext = block && !signed && syntax.trimBlocks();
  }

  private void comment(int start, int inside) {
    int end = source.indexOf(marks.commentEnd(), inside);
    if (end < 0) {
      throw new SyntaxException("the comment is never closed", start, inside - start);
    }
    char last = end > inside ? source.charAt(end - 1) : ' ';
    at = end + marks.commentEnd().length();
    stripNext = last == '-';
    trimNext = last != '+' && last != '-' && syntax.trimBlocks();
  }

  /** Takes a raw block as one text; false where the statement is another. */
  private boolean raw(int start, int inside) {
    int word = skipBlanks(inside);
    int close = skipBlanks(word + 3);
    if (!source.startsWith("raw", word) || !endsAt(close)) {
      return false;
    }
    afterRaw(close);
    // Unlike other statements, raw leaves the line break after it.
    trimNext = false;
    int from = at;
    for (int open = source.indexOf(marks.blockStart(), at);
        open >= 0;
        open = source.indexOf(marks.blockStart(), open + 1)) {
      int name = open + marks.blockStart().length();
      char sign = name < source.length() ? source.charAt(name) : ' ';
      name = skipBlanks(sign == '-' || sign == '+' ? name + 1 : name);
      int end = skipBlanks(name + 6);
      if (source.startsWith("endraw", name) && endsAt(end)) {
        text(from, open, sign == '-' || sign == '+' ? String.valueOf(sign) : "", true);
        afterRaw(end);
        return true;
      }
    }
    throw new SyntaxException("the raw block is never closed", start, inside - start);
  }

  private void afterRaw(int close) {
    boolean signed = !source.startsWith(marks.blockEnd(), close);
    stripNext = signed && source.charAt(close) == '-';
    trimNext = !signed && syntax.trimBlocks();
    at = close + (signed ? 1 : 0) + marks.blockEnd().length();
  }

  private boolean endsAt(int close) {
    if (close >= source.length()) {
      return false;
    }
    char sign = source.charAt(close);
    int from = sign == '-' || sign == '+' ? close + 1 : close;
    return source.startsWith(marks.blockEnd(), close) || source.startsWith(marks.blockEnd(), from);
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < source.length() && Character.isWhitespace(source.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Adds the text before a tag, as the tags around it leave it. */
  private void text(int start, int end, String sign, boolean mayStripLine) {
    int from = start;
    int to = end;
    if (stripNext) {
      while (from < to && Character.isWhitespace(source.charAt(from))) {
        from++;
      }
    } else if (trimNext && from < to) {
      from += source.startsWith("\r\n", from) ? 2 : source.charAt(from) == '\n' ? 1 : 0;
    }
    stripNext = false;
    trimNext = false;
    if (sign.equals("-")) {
      while (to > from && Character.isWhitespace(source.charAt(to - 1))) {
        to--;
      }
    } else if (syntax.lstripBlocks() && mayStripLine && sign.isEmpty()) {
      int line = to;
      while (line > from && (source.charAt(line - 1) == ' ' || source.charAt(line - 1) == '\t')) {
        line--;
      }
      // Only where nothing but blanks stands before the tag in its line.
      to = line == 0 || source.charAt(line - 1) == '\n' ? line : to;
    }
    if (from < to) {
      add(Token.Kind.TEXT, lines(source.substring(from, to)), from, to);
    }
  }

  private String lines(String text) {
    String plain = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    return syntax.newline().equals("\n") ? plain : plain.replace("\n", syntax.newline());
  }
}
