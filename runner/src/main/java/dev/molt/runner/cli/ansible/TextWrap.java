package dev.molt.runner.cli.ansible;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Breaks a text into lines, where Python's {@code textwrap} breaks it. */
final class TextWrap {
  private static final int TAB = 8;

  private TextWrap() {}

  /**
   * All blanks and line breaks count as blanks.
   *
   * @param width the most that a line may have, at least 1
   * @return no line for a blank text
   */
  static List<String> wrap(String text, int width) {
    Deque<String> rest = new ArrayDeque<>(chunks(blanks(text)));
    List<String> lines = new ArrayList<>();
    while (!rest.isEmpty()) {
      String line = line(rest, width, lines.isEmpty());
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Takes what fits. */
  private static String line(Deque<String> rest, int width, boolean first) {
    if (rest.peek().isBlank() && !first) {
      rest.pop();
    }
    StringBuilder line = new StringBuilder();
    String last = "";
    while (!rest.isEmpty() && line.length() + rest.peek().length() <= width) {
      last = rest.pop();
      line.append(last);
    }
    if (!rest.isEmpty() && rest.peek().length() > width) {
      String word = rest.pop();
      int end = end(word, width - line.length());
      last = word.substring(0, end);
      line.append(last);
      rest.push(word.substring(end));
    }
    if (last.isBlank()) {
      line.setLength(line.length() - last.length());
    }
    return line.toString();
  }

  /** Where a word that is longer than a line is cut: behind a hyphen, if it has any. */
  private static int end(String word, int room) {
    int hyphen = room < word.length() ? word.lastIndexOf('-', room - 1) : -1;
    boolean within = hyphen > 0 && word.chars().limit(hyphen).anyMatch(c -> c != '-');
    return within ? hyphen + 1 : room;
  }

  private static String blanks(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int column = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int width = c == '\t' ? TAB - column % TAB : 1;
      boolean blank = c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0b;
      out.append(blank ? " ".repeat(width) : String.valueOf(c));
      column = c == '\n' || c == '\r' ? 0 : column + width;
    }
    return out.toString();
  }

  /** Words and the blanks between them; a word with hyphens or dashes in it is several. */
  private static List<String> chunks(String text) {
    List<String> chunks = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= text.length(); i++) {
      boolean end = i == text.length() || (text.charAt(i - 1) == ' ') != (text.charAt(i) == ' ');
      if (end || afterHyphen(text, i) || dash(text, i) || afterDash(text, i)) {
        chunks.add(text.substring(start, i));
        start = i;
      }
    }
    return chunks;
  }

  /** Between two parts of a word, each of at least two letters. */
  private static boolean afterHyphen(String text, int at) {
    return at >= 3
        && at + 1 < text.length()
        && text.charAt(at - 1) == '-'
        && Character.isLetter(text.charAt(at - 2))
        && Character.isLetter(text.charAt(at - 3))
        && Character.isLetter(text.charAt(at))
        && Character.isLetter(text.charAt(at + 1));
  }

  /** Whether two hyphens or more begin here, between words. */
  private static boolean dash(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) == '-') {
      end++;
    }
    return end - at >= 2
        && end < text.length()
        && inWord(text.charAt(end))
        && (inWord(text.charAt(at - 1)) || "!\"'&.,?".indexOf(text.charAt(at - 1)) >= 0);
  }

  private static boolean afterDash(String text, int at) {
    int begin = at;
    while (begin > 0 && text.charAt(begin - 1) == '-') {
      begin--;
    }
    return begin > 0 && text.charAt(at) != '-' && at - begin >= 2 && dash(text, begin);
  }

  private static boolean inWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
