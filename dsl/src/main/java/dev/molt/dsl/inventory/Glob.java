package dev.molt.dsl.inventory;

/** Shell globs as regular expressions: {@code *}, {@code ?}, {@code [abc]}, {@code [!abc]}. */
final class Glob {
  private Glob() {}

  static String toRegex(String glob) {
    StringBuilder regex = new StringBuilder("(?s)");
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        String set = glob.substring(i + 1, close);
        boolean not = set.startsWith("!");
        regex.append(not ? "[^" : "[");
        regex.append(escapeSet(not ? set.substring(1) : set)).append(']');
        i = close;
      } else {
        regex.append(java.util.regex.Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  private static String escapeSet(String set) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < set.length(); i++) {
      char c = set.charAt(i);
      boolean range =
          c == '-' && i > 0 && i + 1 < set.length() && set.charAt(i - 1) <= set.charAt(i + 1);
      if (!Character.isLetterOrDigit(c) && !range) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
