package dev.molt.runner.module.builtin;

import dev.molt.runner.remote.ShellQuote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file name pattern: {@code *}, {@code ?} and {@code [...]}, none of which matches a slash. */
record Glob(String pattern) {
  private static final Pattern HOME = Pattern.compile("~[A-Za-z0-9._-]*(?=/|$)");
  private static final Pattern MAGIC = Pattern.compile("[*?\\[\\]]");

  boolean hasMagic() {
    return MAGIC.matcher(pattern).find();
  }

  /** The pattern for sh to expand; of all that sh would do with it, only that and {@code ~}. */
  String shell() {
    StringBuilder out = new StringBuilder();
    Matcher home = HOME.matcher(pattern);
    int i = 0;
    if (home.lookingAt()) {
      out.append(home.group());
      i = home.end();
    }
    boolean bracket = false;
    for (; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      bracket = c == '[' || (bracket && c != ']');
      boolean magic = MAGIC.matcher(String.valueOf(c)).matches();
      out.append(
          magic || (bracket && (c == '!' || c == '-')) ? c : ShellQuote.quote(String.valueOf(c)));
    }
    return out.toString();
  }

  /** Whether a path matches in full. */
  boolean matches(String path) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int end = c == '[' ? pattern.indexOf(']', i + 2) : -1;
      if (end > 0) {
        String set = pattern.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = end;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.matches(regex.toString(), path);
  }
}
