package dev.molt.dsl.template.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Words of a line such as {@code some key file=x section="a b"}: those that are pairs, and the rest
 * in one. Quotes keep blanks together, escapes such as {@code \t} stand for characters.
 *
 * @param rest the words that are no pairs, with their quotes
 * @param pairs by name, without quotes around the value
 */
public record KeyValues(String rest, Map<String, String> pairs) {
  /** Reads a line; a quote that is never closed goes to the end. */
  public static KeyValues read(String line) {
    Map<String, String> pairs = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>();
    for (String word : words(line)) {
      int equals = word.indexOf('=');
      if (equals > 0 && word.charAt(equals - 1) != '\\') {
        pairs.put(
            unescaped(word.substring(0, equals)).strip(),
            unquoted(unescaped(word.substring(equals + 1)).strip()));
      } else if (!word.isEmpty()) {
        rest.add(unescaped(word));
      }
    }
    return new KeyValues(String.join(" ", rest), pairs);
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean escaped = i > 0 && line.charAt(i - 1) == '\\';
      if (quote == 0 && (c == ' ' || c == '\n' || c == '\r')) {
        words.add(word.toString());
        word.setLength(0);
        continue;
      } else if ((c == '"' || c == '\'') && !escaped) {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
      word.append(c);
    }
    words.add(word.toString());
    return words;
  }

  private static String unquoted(String text) {
    int last = text.length() - 1;
    boolean quoted =
        last > 0
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(last) == text.charAt(0)
            && text.charAt(last - 1) != '\\';
    return quoted ? text.substring(1, last) : text;
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      int digits = next == 'x' ? 2 : next == 'u' ? 4 : 0;
      int simple = "\\'\"abfnrtv".indexOf(next);
      if (text.charAt(i) != '\\' || (simple < 0 && digits == 0)) {
        out.append(text.charAt(i));
      } else if (simple >= 0) {
        out.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(simple));
        i++;
      } else {
        String hex = text.substring(i + 2, Math.min(text.length(), i + 2 + digits));
        boolean valid = hex.length() == digits && hex.matches("[0-9a-fA-F]+");
        out.append(valid ? String.valueOf((char) Integer.parseInt(hex, 16)) : "\\");
        i += valid ? 1 + digits : 0;
      }
    }
    return out.toString();
  }
}
