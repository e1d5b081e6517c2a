package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Splits texts as Python does. */
public final class Splitting {
  private Splitting() {}

  /**
   * The parts between separators.
   *
   * @param separator null to split at any white space
   * @param most how many splits to make; negative for all
   * @param fromEnd whether to begin at the end
   */
  public static List<String> split(String s, String separator, int most, boolean fromEnd) {
    if (separator == null) {
      return fromEnd ? wordsFromEnd(s, most) : words(s, most);
    } else if (separator.isEmpty()) {
      throw new ValueException("empty separator");
    }
    List<String> parts = new ArrayList<>();
    if (fromEnd) {
      int end = s.length();
      int at = s.lastIndexOf(separator);
      while (at >= 0 && (most < 0 || parts.size() < most)) {
        parts.add(s.substring(at + separator.length(), end));
        end = at;
        at = end < separator.length() ? -1 : s.lastIndexOf(separator, end - separator.length());
      }
      parts.add(s.substring(0, end));
      Collections.reverse(parts);
      return parts;
    }
    int start = 0;
    for (int at = s.indexOf(separator);
        at >= 0 && (most < 0 || parts.size() < most);
        at = s.indexOf(separator, start)) {
      parts.add(s.substring(start, at));
      start = at + separator.length();
    }
    parts.add(s.substring(start));
    return parts;
  }

  private static List<String> words(String s, int most) {
    List<String> parts = new ArrayList<>();
    int at = skip(s, 0, true);
    while (at < s.length()) {
      if (most >= 0 && parts.size() == most) {
        parts.add(Texts.stripEnd(s.substring(at)));
        break;
      }
      int end = skip(s, at, false);
      parts.add(s.substring(at, end));
      at = skip(s, end, true);
    }
    return parts;
  }

  private static int skip(String s, int from, boolean blanks) {
    int at = from;
    while (at < s.length() && Texts.blank(s.charAt(at)) == blanks) {
      at++;
    }
    return at;
  }

  private static List<String> wordsFromEnd(String s, int most) {
    List<String> parts = new ArrayList<>();
    String rest = Texts.stripEnd(s);
    while (!rest.isEmpty()) {
      int at = rest.length();
      while (at > 0 && !Texts.blank(rest.charAt(at - 1))) {
        at--;
      }
      if (most >= 0 && parts.size() == most) {
        parts.add(rest);
        break;
      }
      parts.add(rest.substring(at));
      rest = Texts.stripEnd(rest.substring(0, at));
    }
    Collections.reverse(parts);
    return parts;
  }

  /** The lines of a text; one that ends with a line break does not begin another. */
  public static List<String> lines(String s, boolean keepEnds) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if ("\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029".indexOf(c) < 0) {
        continue;
      }
      int end = c == '\r' && i + 1 < s.length() && s.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      lines.add(s.substring(start, keepEnds ? end : i));
      start = end;
      i = end - 1;
    }
    if (start < s.length()) {
      lines.add(s.substring(start));
    }
    return lines;
  }

  static List<String> partition(String s, String separator, boolean fromEnd) {
    if (separator.isEmpty()) {
      throw new ValueException("empty separator");
    }
    int at = fromEnd ? s.lastIndexOf(separator) : s.indexOf(separator);
    if (at < 0) {
      return fromEnd ? List.of("", "", s) : List.of(s, "", "");
    }
    return List.of(s.substring(0, at), separator, s.substring(at + separator.length()));
  }

  /**
   * With parts replaced by another.
   *
   * @param most how many to replace; negative for all
   */
  public static String replace(String s, String old, String with, int most) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    int done = 0;
    for (int at = s.indexOf(old); at >= 0 && (most < 0 || done < most); done++) {
      out.append(s, from, at).append(with);
      Iteration.bounded(out.length(), Python.MAX_TEXT);
      from = at + old.length();
      // An empty text stands before every character and at the end.
      if (old.isEmpty() && at == s.length()) {
        return out.toString();
      }
      at = s.indexOf(old, old.isEmpty() ? at + 1 : from);
    }
    return out.append(s, from, s.length()).toString();
  }
}
