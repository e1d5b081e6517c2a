package dev.molt.dsl.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expands ranges in host names: {@code n[01:03]} is n01, n02 and n03. */
final class HostRange {
  /** How many hosts one name may stand for. */
  static final int MAX_HOSTS = 100_000;

  private static final Pattern RANGE = Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)]");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private HostRange() {}

  /**
   * The names that a name stands for; itself where it has no range.
   *
   * @throws IllegalArgumentException saying what is wrong with a range
   */
  static List<String> expand(String name) {
    Matcher range = RANGE.matcher(name);
    if (!range.find()) {
      if (name.contains("[") || name.contains("]")) {
        throw new IllegalArgumentException("brackets have to hold two ends with a ':' between");
      }
      return List.of(name);
    }
    String head = name.substring(0, range.start());
    List<String> tails = expand(name.substring(range.end()));
    List<String> values = values(range.group(1));
    if ((long) tails.size() * values.size() > MAX_HOSTS) {
      throw new IllegalArgumentException("more than " + MAX_HOSTS + " hosts");
    }
    List<String> names = new ArrayList<>();
    for (String value : values) {
      tails.forEach(tail -> names.add(head + value + tail));
    }
    return names;
  }

  private static List<String> values(String range) {
    String[] parts = range.split(":", -1);
    if (parts.length > 3) {
      throw new IllegalArgumentException("more than begin, end and step");
    }
    String begin = parts[0].isEmpty() ? "0" : parts[0];
    String end = parts[1];
    if (end.isEmpty()) {
      throw new IllegalArgumentException("its end is missing");
    }
    int step = parts.length == 3 ? number(parts[2], "step") : 1;
    if (step == 0) {
      throw new IllegalArgumentException("its step is 0");
    }
    return isLetter(begin) && isLetter(end) ? letters(begin, end, step) : numbers(begin, end, step);
  }

  private static boolean isLetter(String text) {
    return text.length() == 1 && LETTERS.contains(text);
  }

  private static List<String> letters(String begin, String end, int step) {
    int first = LETTERS.indexOf(begin);
    int last = LETTERS.indexOf(end);
    requireOrder(first, last, begin, end);
    List<String> values = new ArrayList<>();
    for (int i = first; i <= last; i += step) {
      values.add(LETTERS.substring(i, i + 1));
    }
    return values;
  }

  private static List<String> numbers(String begin, String end, int step) {
    int first = number(begin, "begin");
    int last = number(end, "end");
    boolean padded = begin.length() > 1 && begin.startsWith("0");
    if (padded && begin.length() != end.length()) {
      throw new IllegalArgumentException(
          "with leading zeros, both ends need the same number of digits");
    }
    requireOrder(first, last, begin, end);
    if ((last - first) / step >= MAX_HOSTS) {
      throw new IllegalArgumentException("more than " + MAX_HOSTS + " hosts");
    }
    List<String> values = new ArrayList<>();
    for (int i = first; i <= last; i += step) {
      String digits = Integer.toString(i);
      values.add(
          padded ? "0".repeat(Math.max(0, begin.length() - digits.length())) + digits : digits);
    }
    return values;
  }

  private static void requireOrder(int first, int last, String begin, String end) {
    if (first > last) {
      throw new IllegalArgumentException("it begins at " + begin + ", after its end " + end);
    }
  }

  private static int number(String text, String what) {
    if (!text.matches("[0-9]{1,8}")) {
      throw new IllegalArgumentException("its " + what + " '" + text + "' is no number");
    }
    return Integer.parseInt(text);
  }
}
