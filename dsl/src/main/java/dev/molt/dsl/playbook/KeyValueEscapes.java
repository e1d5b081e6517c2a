package dev.molt.dsl.playbook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The escapes in the values of {@code key=value} words: those of a Python text but for octal ones
 * and names of characters, as Ansible reads them. Anything else behind a backslash stays as it is.
 */
final class KeyValueEscapes {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:U([0-9A-Fa-f]{8})|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([\\\\'\"abfnrtv]))");

  private static final String LETTERS = "abfnrtv";
  private static final String MEANT = "\u0007\b\f\n\r\t\u000b";

  private KeyValueEscapes() {}

  static String decode(String text) {
    return text.indexOf('\\') < 0
        ? text
        : ESCAPE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(meant(m)));
  }

  private static String meant(java.util.regex.MatchResult escape) {
    for (int group = 1; group <= 3; group++) {
      if (escape.group(group) != null) {
        long point = Long.parseLong(escape.group(group), 16);
        return point > Character.MAX_CODE_POINT ? escape.group() : Character.toString((int) point);
      }
    }
    int letter = LETTERS.indexOf(escape.group(4));
    return letter < 0 ? escape.group(4) : MEANT.substring(letter, letter + 1);
  }
}
