package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of Python's, translated to Java's. Groups by name become groups by number,
 * since Java allows fewer names.
 */
public final class PythonRegex {
  private static final int MAX_STEPS = 50_000_000;

  /** What may follow a backslash in a replacement, besides groups. */
  private static final String ESCAPES = "nrtabfv0\\";

  private final Pattern pattern;
  private final Map<String, Integer> names;

  private PythonRegex(Pattern pattern, Map<String, Integer> names) {
    this.pattern = pattern;
    this.names = names;
  }

  /**
   * A regular expression for texts.
   *
   * @param flags of {@link Pattern}
   * @param subject that it is to be matched with
   * @throws ValueException if it is wrong
   */
  public static PythonRegex compile(String regex, int flags, String subject) {
    // Python's classes are Unicode's; Java's are too, but slower, so only where it matters.
    boolean ascii = subject.chars().allMatch(c -> c < 0x80);
    return of(regex, flags | (ascii ? 0 : Pattern.UNICODE_CHARACTER_CLASS));
  }

  /**
   * A regular expression for bytes, whose classes are ASCII's.
   *
   * @param regex in UTF-8, each byte as one char (ISO-8859-1), as its subjects are to be
   * @param flags of {@link Pattern}
   * @throws ValueException if it is wrong
   */
  public static PythonRegex ofBytes(String regex, int flags) {
    return of(regex, flags);
  }

  private static PythonRegex of(String regex, int flags) {
    Map<String, Integer> names = new HashMap<>();
    String translated = new Translation(regex, names).run();
    int all = flags | Pattern.UNIX_LINES;
    try {
      return new PythonRegex(Pattern.compile(translated, all), names);
    } catch (PatternSyntaxException e) {
      throw new ValueException(
          "the regular expression '" + regex + "' is wrong: " + e.getDescription());
    }
  }

  static int flags(boolean ignoreCase, boolean multiline) {
    return (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
        | (multiline ? Pattern.MULTILINE : 0);
  }

  /** A matcher that gives up when a pattern takes too long, instead of hanging. */
  public Matcher matcher(String subject) {
    return pattern.matcher(new Bounded(subject, 0, subject.length(), new AtomicInteger()));
  }

  /**
   * The number of a group given by number or name.
   *
   * @throws ValueException if there is none
   */
  public int group(String name, Matcher matcher) {
    Integer number = names.get(name);
    if (number == null && name.matches("[0-9]{1,4}")) {
      number = Integer.parseInt(name);
    }
    if (number == null || number > matcher.groupCount()) {
      throw new ValueException("the regular expression has no group '" + name + "'");
    }
    return number;
  }

  /**
   * Refuses a replacement that Python refuses, whether or not anything is to be replaced.
   *
   * @throws ValueException in Python's words
   */
  public static void checkReplacement(String replacement) {
    for (int i = 0; i + 1 < replacement.length(); i++) {
      if (replacement.charAt(i) == '\\') {
        char next = replacement.charAt(++i);
        boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
        if (letter && ESCAPES.indexOf(next) < 0 && next != 'g') {
          throw new ValueException("bad escape \\" + next + " at position " + (i - 1));
        }
      }
    }
  }

  /** Appends what {@code \1}, {@code \g<name>} and the like in a replacement stand for. */
  public void expand(String replacement, Matcher matcher, StringBuilder out) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 >= replacement.length()) {
        out.append(c);
        continue;
      }
      char next = replacement.charAt(++i);
      if (next == 'g' && replacement.startsWith("<", i + 1)) {
        int end = replacement.indexOf('>', i);
        if (end < 0) {
          throw new ValueException("the replacement has \\g< without >");
        }
        append(group(replacement.substring(i + 2, end), matcher), matcher, out);
        i = end;
      } else if (next >= '1' && next <= '9') {
        int end = i + 1;
        if (end < replacement.length() && Character.isDigit(replacement.charAt(end))) {
          end++;
        }
        append(group(replacement.substring(i, end), matcher), matcher, out);
        i = end - 1;
      } else {
        int known = ESCAPES.indexOf(next);
        out.append(
            known < 0 ? "\\" + next : "\n\r\t\u0007\b\f\u000b\0\\".substring(known, known + 1));
      }
    }
  }

  private static void append(int group, Matcher matcher, StringBuilder out) {
    String text = matcher.group(group);
    out.append(text == null ? "" : text);
  }

  /** A text that can be looked at only so often. */
  private record Bounded(String text, int from, int to, AtomicInteger steps)
      implements CharSequence {
    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (steps.incrementAndGet() > MAX_STEPS) {
        throw new ValueException("the regular expression takes too long on this text");
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(from + start, from + end);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }

  /** Rewrites what Java reads differently. */
  private static final class Translation {
    private final String regex;
    private final Map<String, Integer> names;
    private final StringBuilder out = new StringBuilder();
    private int groups;
    private int at;

    Translation(String regex, Map<String, Integer> names) {
      this.regex = regex;
      this.names = names;
    }

    String run() {
      while (at < regex.length()) {
        char c = regex.charAt(at);
        if (c == '\\' && at + 1 < regex.length()) {
          char next = regex.charAt(at + 1);
          out.append(next == 'Z' ? "\\z" : "\\" + next);
          at += 2;
        } else if (c == '[') {
          characterClass();
        } else if (c == '(') {
          group();
        } else if (c == '{' && !quantifier()) {
          out.append("\\{");
          at++;
        } else {
          out.append(c);
          at++;
        }
      }
      return out.toString();
    }

    private void group() {
      if (regex.startsWith("(?P<", at)) {
        int end = regex.indexOf('>', at);
        if (end > 0) {
          names.put(regex.substring(at + 4, end), ++groups);
          out.append('(');
          at = end + 1;
          return;
        }
      } else if (regex.startsWith("(?P=", at)) {
        int end = regex.indexOf(')', at);
        Integer number = end < 0 ? null : names.get(regex.substring(at + 4, end));
        if (number != null) {
          out.append("(?:\\").append(number).append(')');
          at = end + 1;
          return;
        }
      } else if (!regex.startsWith("(?", at)) {
        groups++;
      }
      out.append('(');
      at++;
    }

    /** Whether the brace begins a quantifier; else Python takes it as it is. */
    private boolean quantifier() {
      int end = regex.indexOf('}', at);
      return end > 0 && regex.substring(at, end + 1).matches("\\{([0-9]+(,[0-9]*)?|,[0-9]+)\\}");
    }

    private void characterClass() {
      out.append('[');
      at++;
      if (at < regex.length() && regex.charAt(at) == '^') {
        out.append('^');
        at++;
      }
      boolean first = true;
      for (; at < regex.length(); at++) {
        char c = regex.charAt(at);
        if (c == ']' && !first) {
          out.append(']');
          at++;
          return;
        } else if (c == '\\' && at + 1 < regex.length()) {
          out.append(c).append(regex.charAt(++at));
        } else {
          // Java knows sets in sets and what they have in common; Python does not.
          out.append(c == '[' || c == '&' || (c == ']' && first) ? "\\" : "").append(c);
        }
        first = false;
      }
    }
  }
}
