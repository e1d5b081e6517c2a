package dev.molt.runner.module.builtin.apt;

import java.math.BigInteger;

/** Compares versions as dpkg does (deb-version(7)). */
final class DebianVersion {
  private DebianVersion() {}

  /** Less than, equal to or greater than zero, as the first is older, the same or newer. */
  static int compare(String one, String other) {
    int epochs = Integer.compare(epoch(one), epoch(other));
    if (epochs != 0) {
      return epochs;
    }
    int upstream = part(upstream(one), upstream(other));
    return upstream != 0 ? upstream : part(revision(one), revision(other));
  }

  private static int epoch(String version) {
    int colon = version.indexOf(':');
    try {
      return colon < 0 ? 0 : Integer.parseInt(version.substring(0, colon));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String upstream(String version) {
    String rest = version.substring(version.indexOf(':') + 1);
    int dash = rest.lastIndexOf('-');
    return dash < 0 ? rest : rest.substring(0, dash);
  }

  private static String revision(String version) {
    int dash = version.lastIndexOf('-');
    return dash < 0 ? "" : version.substring(dash + 1);
  }

  /** Stretches of other characters and of digits by turns. */
  private static int part(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() || j < other.length()) {
      while (notDigit(one, i) || notDigit(other, j)) {
        int difference = order(one, i) - order(other, j);
        if (difference != 0) {
          return difference;
        }
        i++;
        j++;
      }
      int endOfOne = endOfDigits(one, i);
      int endOfOther = endOfDigits(other, j);
      int difference =
          new BigInteger("0" + one.substring(Math.min(i, one.length()), endOfOne))
              .compareTo(
                  new BigInteger("0" + other.substring(Math.min(j, other.length()), endOfOther)));
      if (difference != 0) {
        return difference;
      }
      i = endOfOne;
      j = endOfOther;
    }
    return 0;
  }

  private static boolean notDigit(String text, int at) {
    return at < text.length() && !digit(text.charAt(at));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int endOfDigits(String text, int from) {
    int end = Math.min(from, text.length());
    while (end < text.length() && digit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** A tilde sorts before the end, letters before everything else. */
  private static int order(String text, int at) {
    if (at >= text.length() || digit(text.charAt(at))) {
      return 0;
    }
    char c = text.charAt(at);
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c == '~' ? -1 : letter ? c : c + 256;
  }
}
