package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The {@code filter} of setup: patterns of shells, of which a fact's name must match one. */
final class FactFilter {
  private FactFilter() {}

  /**
   * The facts that match.
   *
   * @param facts by their names with {@code ansible_}, which a pattern may leave out
   * @param patterns none lets everything through
   */
  static MapValue apply(MapValue facts, List<String> patterns) {
    if (patterns.isEmpty() || patterns.equals(List.of("*")) || patterns.contains("")) {
      return facts;
    }
    List<Pattern> wanted = new ArrayList<>();
    for (String pattern : patterns) {
      wanted.add(pattern(pattern));
      if (!pattern.startsWith("ansible_")
          && !pattern.startsWith("facter")
          && !pattern.startsWith("ohai")) {
        wanted.add(pattern("ansible_" + pattern));
      }
    }
    MapValue found = MapValue.empty();
    facts
        .entries()
        .forEach(
            (name, value) -> {
              String text = Python.str(name);
              if (wanted.stream().anyMatch(p -> p.matcher(text).matches())) {
                found.put(text, value);
              }
            });
    return found;
  }

  /** A pattern as Python's fnmatch knows it, which has no escapes, and for which / is a letter. */
  static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int end = c == '[' ? glob.indexOf(']', glob.startsWith("!]", i + 1) ? i + 3 : i + 2) : -1;
      if (end > 0) {
        String set =
            glob.substring(i + 1, end)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("&", "\\&");
        regex.append(set.startsWith("!") ? "[^" + set.substring(1) : "[" + set).append(']');
        i = end;
      } else if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
