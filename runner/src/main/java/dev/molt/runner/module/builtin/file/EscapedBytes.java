package dev.molt.runner.module.builtin.file;

import dev.molt.runner.module.ModuleException;
import java.nio.charset.StandardCharsets;

/** Backslash escapes as in a bytes literal of Python's. */
final class EscapedBytes {
  private static final String LETTERS = "abfnrtv\\'\"";
  private static final String BYTES = "\u0007\b\f\n\r\t\u000b\\'\"";

  private EscapedBytes() {}

  /** The bytes of a text in UTF-8 with its escapes read, each byte as one char (ISO-8859-1). */
  static String read(String text) throws ModuleException {
    String in = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < in.length(); i++) {
      char c = in.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      if (++i == in.length()) {
        throw new ModuleException("nothing follows the backslash at the end of " + text);
      }
      char escaped = in.charAt(i);
      int known = LETTERS.indexOf(escaped);
      if (known >= 0) {
        out.append(BYTES.charAt(known));
      } else if (escaped == 'x') {
        out.append((char) number(in, i + 1, 2, 16, text));
        i += 2;
      } else if (escaped >= '0' && escaped <= '7') {
        int digits = 1;
        while (digits < 3 && i + digits < in.length() && isOctal(in.charAt(i + digits))) {
          digits++;
        }
        out.append((char) (number(in, i, digits, 8, text) & 0xFF));
        i += digits - 1;
      } else if (escaped != '\n') {
        out.append(c).append(escaped);
      }
    }
    return out.toString();
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private static int number(String in, int from, int digits, int base, String text)
      throws ModuleException {
    try {
      return Integer.parseInt(in.substring(from, from + digits), base);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new ModuleException("not a byte after \\x in " + text, e);
    }
  }
}
