package dev.molt.dsl.template.ops;

/** Texts counted in code points, as Python counts them, not in UTF-16 units. */
public final class Texts {
  private Texts() {}

  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The part between two indexes in code points, both within the text. */
  public static String part(String text, int from, int to) {
    if (length(text) == text.length()) {
      return text.substring(from, to);
    }
    int start = text.offsetByCodePoints(0, from);
    return text.substring(start, text.offsetByCodePoints(start, to - from));
  }

  /** An index in code points for one in UTF-16 units; -1 stays. */
  public static int index(String text, int units) {
    return units < 0 ? -1 : text.codePointCount(0, units);
  }

  /** Whether Python counts a character as white space. */
  public static boolean blank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  public static String strip(String text) {
    return stripEnd(stripStart(text));
  }

  public static String stripStart(String text) {
    int from = 0;
    while (from < text.length() && blank(text.charAt(from))) {
      from++;
    }
    return text.substring(from);
  }

  public static String stripEnd(String text) {
    int to = text.length();
    while (to > 0 && blank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  /** Without any of these characters at its ends. */
  public static String strip(String text, String characters, boolean start, boolean end) {
    int from = 0;
    int to = text.length();
    while (start && from < to && characters.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (end && to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  /** First character upper case, the rest lower case. */
  public static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(java.util.Locale.ROOT)
        + text.substring(first).toLowerCase(java.util.Locale.ROOT);
  }

  /** Each run of letters with its first one in upper case. */
  public static String title(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return out.toString();
  }
}
