package dev.molt.dsl.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a line into words as a shell does, and as Python's {@code shlex} with comments: quotes
 * group, a backslash takes the next character as it is, {@code #} begins a comment.
 */
final class ShellWords {
  /** A word without its quotes, which knows where each of its characters stands. */
  static final class Word {
    private final String text;
    private final int[] offsets;

    /** The offsets in the source of each character, and of the word's end. */
    Word(String text, int[] offsets) {
      this.text = text;
      this.offsets = offsets;
    }

    String text() {
      return text;
    }

    /** Shared: not to be changed. */
    int[] offsets() {
      return offsets;
    }

    int start() {
      return offsets[0];
    }

    Word from(int index) {
      return new Word(text.substring(index), Arrays.copyOfRange(offsets, index, offsets.length));
    }

    /** A stretch of a text whose characters stand side by side. */
    static Word of(String text, int start) {
      int[] offsets = new int[text.length() + 1];
      Arrays.setAll(offsets, i -> start + i);
      return new Word(text, offsets);
    }
  }

  /** Words that cannot be told apart. */
  static final class BadQuoting extends Exception {
    private static final long serialVersionUID = 1L;
    private final int offset;

    BadQuoting(String message, int offset) {
      super(message);
      this.offset = offset;
    }

    int offset() {
      return offset;
    }
  }

  private final String line;
  private final int base;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int[] offsets = new int[64];
  private boolean inWord;

  private ShellWords(String line, int base) {
    this.line = line;
    this.base = base;
  }

  /**
   * The words of a line.
   *
   * @param base where the line begins in the source
   */
  static List<Word> split(String line, int base) throws BadQuoting {
    return new ShellWords(line, base).split();
  }

  private List<Word> split() throws BadQuoting {
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == '#') {
        if (inWord) {
          throw new BadQuoting(
              "a '#' inside of a value begins a comment, also in Ansible", base + i);
        }
        break;
      } else if (Character.isWhitespace(c)) {
        end(i);
        i++;
      } else if (c == '\'' || c == '"') {
        inWord = true;
        i = quoted(i, c);
      } else if (c == '\\') {
        if (i + 1 == line.length()) {
          throw new BadQuoting("nothing follows this backslash", base + i);
        }
        add(line.charAt(i + 1), i);
        i += 2;
      } else {
        add(c, i);
        i++;
      }
    }
    end(i);
    return words;
  }

  private int quoted(int open, char quote) throws BadQuoting {
    for (int i = open + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == quote) {
        return i + 1;
      }
      boolean escape =
          quote == '"'
              && c == '\\'
              && i + 1 < line.length()
              && (line.charAt(i + 1) == '"' || line.charAt(i + 1) == '\\');
      if (escape) {
        add(line.charAt(i + 1), i);
        i++;
      } else {
        add(c, i);
      }
    }
    throw new BadQuoting("this quote is never closed", base + open);
  }

  private void add(char c, int index) {
    inWord = true;
    if (word.length() + 1 >= offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[word.length()] = base + index;
    word.append(c);
  }

  private void end(int index) {
    if (inWord) {
      offsets[word.length()] = base + index;
      words.add(new Word(word.toString(), Arrays.copyOf(offsets, word.length() + 1)));
      word.setLength(0);
      inWord = false;
    }
  }
}
