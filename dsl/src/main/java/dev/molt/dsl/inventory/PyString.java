package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.ShellWords.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the text of Python string literals, escapes resolved, and where each character stands.
 */
final class PyString {
  private static final String SIMPLE = "\\'\"abfnrtv";
  private static final String MEANING = "\\'\"\u0007\b\f\n\r\t\u000b";

  private final String text;
  private final int[] offsets;
  private final StringBuilder value = new StringBuilder();
  private final List<Integer> places = new ArrayList<>();

  PyString(String text, int[] offsets) {
    this.text = text;
    this.offsets = offsets;
  }

  /**
   * Reads up to the closing quote.
   *
   * @param from behind the opening quote
   * @return the index behind the closing quote, or -1 where there is none or an escape is wrong
   */
  int read(int from, char quote, boolean raw) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        return at + 1;
      } else if (c != '\\' || at + 1 >= text.length()) {
        add(c, at);
        at++;
      } else if (raw) {
        add(c, at);
        add(text.charAt(at + 1), at + 1);
        at += 2;
      } else {
        at = escape(at);
        if (at < 0) {
          return -1;
        }
      }
    }
    return -1;
  }

  private int escape(int at) {
    char kind = text.charAt(at + 1);
    int simple = SIMPLE.indexOf(kind);
    if (simple >= 0) {
      add(MEANING.charAt(simple), at);
      return at + 2;
    } else if (kind >= '0' && kind <= '7') {
      int end = at + 2;
      while (end < text.length() && end < at + 4 && "01234567".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      add((char) Integer.parseInt(text.substring(at + 1, end), 8), at);
      return end;
    }
    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0) {
      add('\\', at);
      add(kind, at + 1);
      return kind == 'N' ? -1 : at + 2;
    }
    int end = at + 2 + digits;
    if (end > text.length() || !text.substring(at + 2, end).matches("[0-9a-fA-F]+")) {
      return -1;
    }
    long point = Long.parseLong(text.substring(at + 2, end), 16);
    if (point > Character.MAX_CODE_POINT) {
      return -1;
    }
    for (char c : Character.toChars((int) point)) {
      add(c, at);
    }
    return end;
  }

  private void add(char c, int index) {
    value.append(c);
    places.add(offsets[index]);
  }

  Word word(int end) {
    int[] result = new int[places.size() + 1];
    for (int i = 0; i < places.size(); i++) {
      result[i] = places.get(i);
    }
    result[places.size()] = end;
    return new Word(value.toString(), result);
  }
}
