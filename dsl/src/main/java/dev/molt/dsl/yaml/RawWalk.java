package dev.molt.dsl.yaml;

import dev.molt.dsl.yaml.ScalarNode.Style;

/**
 * Walks a scalar as written alongside the text that it gives. Exact for plain and quoted scalars
 * and literal blocks; in a folded block a place may be off inside runs of blank lines.
 */
final class RawWalk {
  private final String raw;
  private final int start;
  private final Style style;
  private final String text;

  RawWalk(String raw, int start, Style style, String text) {
    this.raw = raw;
    this.start = start;
    this.style = style;
    this.text = text;
  }

  /** Where in the source the character at this offset of the text was written. */
  int offsetOf(int wanted) {
    int found =
        switch (style) {
          case LITERAL -> literal(wanted);
          case FOLDED -> folded(wanted);
          default -> flow(wanted);
        };
    return Math.max(start, Math.min(found, raw.length()));
  }

  /** Plain and quoted: line breaks with the white space around them fold to one space. */
  private int flow(int wanted) {
    int at = style == Style.PLAIN ? start : start + 1;
    for (int i = 0; i < text.length() && at < raw.length(); ) {
      if (style == Style.DOUBLE_QUOTED && isEscapedBreak(at)) {
        at = skipWhite(at + 1);
        continue;
      }
      int afterFold = isWhite(raw.charAt(at)) ? afterFold(at) : at;
      int given = 1;
      int written = 1;
      if (afterFold > at) {
        given = Math.max(1, breaks(at, afterFold) - 1);
        written = afterFold - at;
      } else if (style == Style.SINGLE_QUOTED && raw.charAt(at) == '\'') {
        written = 2;
      } else if (style == Style.DOUBLE_QUOTED && raw.charAt(at) == '\\') {
        written = escapeLength(at);
        given = written == 10 && Character.isHighSurrogate(text.charAt(i)) ? 2 : 1;
      }
      if (wanted < i + given) {
        return at;
      }
      i += given;
      at += written;
    }
    return at;
  }

  private boolean isEscapedBreak(int at) {
    return raw.charAt(at) == '\\'
        && at + 1 < raw.length()
        && (raw.charAt(at + 1) == '\n' || raw.charAt(at + 1) == '\r');
  }

  private int escapeLength(int at) {
    return switch (at + 1 < raw.length() ? raw.charAt(at + 1) : ' ') {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }

  /** Past the white space at this place if there is a line break in it, else the place itself. */
  private int afterFold(int at) {
    int end = skipWhite(at);
    return breaks(at, end) > 0 ? end : at;
  }

  private int skipWhite(int at) {
    int end = at;
    while (end < raw.length() && isWhite(raw.charAt(end))) {
      end++;
    }
    return end;
  }

  private int breaks(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (raw.charAt(i) == '\n') {
        count++;
      }
    }
    return count;
  }

  private static boolean isWhite(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Each line of the text is a line of the source without its indentation. */
  private int literal(int wanted) {
    int lineStart = nextLine(start);
    int textStart = 0;
    while (true) {
      int textEnd = text.indexOf('\n', textStart);
      if (textEnd < 0 || wanted <= textEnd) {
        int end = textEnd < 0 ? text.length() : textEnd;
        int indent = Math.max(0, lineEnd(lineStart) - lineStart - (end - textStart));
        return lineStart + indent + wanted - textStart;
      }
      textStart = textEnd + 1;
      lineStart = nextLine(lineStart);
    }
  }

  private int folded(int wanted) {
    int at = nextLine(start);
    int indent = indentation(at);
    at = Math.min(at + indentAt(at, indent), raw.length());
    for (int i = 0; i < text.length() && at < raw.length(); ) {
      int given = 1;
      int written = 1;
      if (isBreak(at)) {
        int next = nextLine(at);
        while (next < raw.length() && isBlank(next)) {
          next = nextLine(next);
        }
        written = next + indentAt(next, indent) - at;
        given = text.charAt(i) == '\n' ? newlines(i) : text.charAt(i) == ' ' ? 1 : 0;
      }
      if (wanted < i + given) {
        return at;
      }
      i += given;
      at += written;
    }
    return at;
  }

  /** How far the block is indented: that of its first line, less the spaces that the text keeps. */
  private int indentation(int from) {
    int line = from;
    while (line < raw.length() && isBlank(line)) {
      line = nextLine(line);
    }
    int kept = 0;
    int first = newlines(0);
    while (first + kept < text.length() && text.charAt(first + kept) == ' ') {
      kept++;
    }
    return Math.max(0, indentAt(line, Integer.MAX_VALUE) - kept);
  }

  private int newlines(int from) {
    int count = 0;
    while (from + count < text.length() && text.charAt(from + count) == '\n') {
      count++;
    }
    return count;
  }

  private int indentAt(int line, int atMost) {
    int count = 0;
    while (count < atMost && line + count < raw.length() && raw.charAt(line + count) == ' ') {
      count++;
    }
    return count;
  }

  private boolean isBlank(int line) {
    int end = skipSpaces(line);
    return end < raw.length() && isBreak(end);
  }

  private int skipSpaces(int at) {
    return at + indentAt(at, Integer.MAX_VALUE);
  }

  private boolean isBreak(int at) {
    return raw.charAt(at) == '\n' || raw.startsWith("\r\n", at);
  }

  private int lineEnd(int at) {
    int end = raw.indexOf('\n', at);
    end = end < 0 ? raw.length() : end;
    return end > at && raw.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private int nextLine(int at) {
    int end = raw.indexOf('\n', at);
    return end < 0 ? raw.length() : end + 1;
  }
}
