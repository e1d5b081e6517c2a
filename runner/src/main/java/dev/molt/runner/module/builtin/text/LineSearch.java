package dev.molt.runner.module.builtin.text;

import dev.molt.dsl.template.library.PythonRegex;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Where lineinfile's line is, or belongs. Numbers are indexes of lines, -1 where there is none.
 *
 * @param found the line to replace
 * @param insert where to insert, from insertafter or insertbefore
 * @param match what the regular expression found, for back references
 * @param literal whether search_string was found
 * @param exact whether the line is there as it is to be
 */
record LineSearch(int found, int insert, Optional<Matcher> match, boolean literal, boolean exact) {

  /** What to look for; all texts are bytes, each as one char. */
  record Wanted(
      Optional<PythonRegex> regexp,
      Optional<String> literal,
      Optional<PythonRegex> place,
      boolean after,
      boolean first,
      String line) {}

  static LineSearch in(List<String> lines, Wanted wanted) {
    int found = -1;
    Optional<Matcher> match = Optional.empty();
    boolean literal = false;
    for (int i = 0; i < lines.size() && !(wanted.first() && found >= 0); i++) {
      String line = lines.get(i);
      if (wanted.regexp().isPresent()) {
        Matcher matcher = wanted.regexp().get().matcher(line);
        if (matcher.find()) {
          found = i;
          match = Optional.of(matcher);
        }
      }
      if (wanted.literal().isPresent() && line.contains(wanted.literal().get())) {
        found = i;
        literal = true;
      }
    }
    return found >= 0 ? new LineSearch(found, -1, match, literal, false) : place(lines, wanted);
  }

  private static LineSearch place(List<String> lines, Wanted wanted) {
    int same = -1;
    int insert = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (Regexes.bare(lines.get(i)).equals(wanted.line())) {
        same = i;
      } else if (wanted.place().isPresent() && wanted.place().get().matcher(lines.get(i)).find()) {
        insert = wanted.after() ? i + 1 : i;
        if (wanted.first()) {
          break;
        }
      }
    }
    return new LineSearch(same, insert, Optional.empty(), false, same >= 0);
  }

  boolean isMatch() {
    return match.isPresent() || literal;
  }
}
