package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.template.library.PythonRegex;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.ModuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which names are wanted: any of some patterns, none of others. */
record NamePatterns(List<String> patterns, List<String> excludes, boolean regex) {

  /**
   * Whether a name is wanted.
   *
   * @throws ModuleException if a pattern is wrong
   */
  boolean matches(String name) throws ModuleException {
    return (patterns.isEmpty() || any(patterns, name)) && !any(excludes, name);
  }

  private boolean any(List<String> all, String name) throws ModuleException {
    for (String pattern : all) {
      if (regex ? regex(pattern, name) : glob(pattern, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean regex(String pattern, String name) throws ModuleException {
    try {
      return PythonRegex.compile(pattern, 0, name).matcher(name).lookingAt();
    } catch (ValueException e) {
      throw new ModuleException(e.getMessage());
    }
  }

  /** As Python's fnmatch. */
  static boolean glob(String pattern, String name) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int end = c == '[' ? closing(pattern, i) : -1;
      if (end > 0) {
        parts.add(set(pattern.substring(i + 1, end)));
        i = end;
      } else {
        parts.add(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(String.join("", parts), Pattern.DOTALL).matcher(name).matches();
  }

  /** Where a set of characters ends; its first may be a bracket. */
  private static int closing(String pattern, int open) {
    int from = open + 1;
    if (from < pattern.length() && pattern.charAt(from) == '!') {
      from++;
    }
    return pattern.indexOf(']', from + 1);
  }

  private static String set(String inner) {
    boolean not = inner.startsWith("!");
    String chars = (not ? inner.substring(1) : inner).replaceAll("([\\\\\\[\\]&^])", "\\\\$1");
    return "[" + (not ? "^" : "") + chars + "]";
  }
}
