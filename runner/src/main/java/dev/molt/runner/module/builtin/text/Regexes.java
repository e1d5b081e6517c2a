package dev.molt.runner.module.builtin.text;

import dev.molt.dsl.template.library.PythonRegex;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.files.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Regular expressions of options, and lines. */
final class Regexes {
  private Regexes() {}

  /** A regular expression for bytes; empty for none. */
  static Optional<PythonRegex> bytes(String option, Optional<String> regex) throws ModuleException {
    if (regex.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PythonRegex.ofBytes(TextEdit.utf8(regex.get()), 0));
    } catch (ValueException e) {
      throw new ModuleException(option + ": " + e.getMessage());
    }
  }

  /** Lines with the line feeds that end them. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int feed = text.indexOf('\n', from);
      int to = feed < 0 ? text.length() : feed + 1;
      lines.add(text.substring(from, to));
      from = to;
    }
    return lines;
  }

  /** A line without what ends it. */
  static String bare(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return line.substring(0, end);
  }

  /** Whether a line has an end. */
  static boolean isEnded(String line) {
    return line.endsWith("\n") || line.endsWith("\r");
  }
}
