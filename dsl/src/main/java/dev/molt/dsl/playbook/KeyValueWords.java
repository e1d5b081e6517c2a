package dev.molt.dsl.playbook;

import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Ansible's one-line form of options: {@code dest=/etc/x mode='0644'}. Words are parted by blanks
 * outside quotes and outside {@code {{ }}}.
 *
 * @param rest what is no pair, joined by blanks
 */
public record KeyValueWords(ScalarNode text, List<Word> words, List<Pair> pairs, String rest) {
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** One word, as written. */
  public record Word(int start, int end) {}

  /** One option. */
  public record Pair(ScalarNode key, ScalarNode value, Word word) {}

  /** Parts a text. */
  public static KeyValueWords parse(ScalarNode text) {
    List<Word> words = split(text.text());
    List<Pair> pairs = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    for (Word word : words) {
      String written = text.text().substring(word.start(), word.end());
      int equals = equals(written);
      if (equals > 0 && isKey(written.substring(0, equals))) {
        pairs.add(
            new Pair(
                part(text, word.start(), written.substring(0, equals)),
                value(text, word.start() + equals + 1, written.substring(equals + 1)),
                word));
      } else {
        rest.append(rest.isEmpty() ? "" : " ").append(written);
      }
    }
    return new KeyValueWords(text, words, pairs, rest.toString());
  }

  /** The first {@code =} outside braces. */
  private static int equals(String word) {
    int from = word.startsWith("{{") ? word.indexOf("}}") : 0;
    return from < 0 ? -1 : word.indexOf('=', from);
  }

  /** A name, or a template that gives one. */
  private static boolean isKey(String text) {
    return KEY.matcher(text).matches() || (text.startsWith("{{") && text.endsWith("}}"));
  }

  /** The text without these pairs; all else stays as written, blanks and line breaks included. */
  public ScalarNode without(List<Pair> taken) {
    StringBuilder out = new StringBuilder(text.text());
    for (int i = taken.size() - 1; i >= 0; i--) {
      int start = taken.get(i).word().start();
      int end = taken.get(i).word().end();
      while (start > 0 && Character.isWhitespace(out.charAt(start - 1))) {
        start--;
      }
      out.delete(start, end);
    }
    return part(text, 0, out.toString());
  }

  /** Without blanks before and after. */
  public static ScalarNode stripped(ScalarNode text) {
    return part(text, 0, text.text().strip());
  }

  /**
   * A command line on one line where a backslash of its own, outside quotes, ends a line of it;
   * without blanks before its first word.
   */
  public static ScalarNode joined(ScalarNode text) {
    StringBuilder out = new StringBuilder(text.text().stripLeading());
    char quote = 0;
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      boolean alone = c == '\\' && (i == 0 || Character.isWhitespace(out.charAt(i - 1)));
      if (quote == 0 && alone && out.indexOf("\n", i) == i + 1) {
        out.delete(i, i + 2);
        i--;
      } else if (c == '\\') {
        i++;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    return part(text, 0, out.toString());
  }

  private static ScalarNode value(ScalarNode text, int start, String written) {
    boolean quoted =
        written.length() >= 2
            && (written.charAt(0) == '"' || written.charAt(0) == '\'')
            && written.charAt(written.length() - 1) == written.charAt(0);
    return quoted
        ? part(text, start + 1, KeyValueEscapes.decode(written.substring(1, written.length() - 1)))
        : part(text, start, KeyValueEscapes.decode(written));
  }

  private static ScalarNode part(ScalarNode whole, int start, String text) {
    return new ScalarNode(
        whole.origin().at(start, Math.max(1, text.length())),
        text,
        new StrValue(text),
        whole.style(),
        whole.tag(),
        (offset, length) -> whole.origin().at(start + offset, length));
  }

  private static List<Word> split(String text) {
    List<Word> words = new ArrayList<>();
    int start = -1;
    int braces = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (text.startsWith("{{", i) || text.startsWith("{%", i)) {
        braces++;
      } else if (braces > 0 && (text.startsWith("}}", i) || text.startsWith("%}", i))) {
        braces--;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (Character.isWhitespace(c) && braces == 0) {
        if (start >= 0) {
          words.add(new Word(start, i));
        }
        start = -1;
        continue;
      }
      if (start < 0) {
        start = i;
      }
    }
    if (start >= 0) {
      words.add(new Word(start, text.length()));
    }
    return words;
  }
}
