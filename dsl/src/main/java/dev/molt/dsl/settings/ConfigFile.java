package dev.molt.dsl.settings;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code ansible.cfg}: sections, {@code key = value} or {@code key: value}, comments that
 * begin with {@code #} or {@code ;} at the start of a line or with {@code ;} after a blank, and
 * values that go on in lines that are indented deeper.
 */
final class ConfigFile {
  /** What a key was given, and where. */
  record Entry(String value, Position position) {}

  private static final Pattern SECTION = Pattern.compile("\\[([^\\]]+)]\\s*");
  private static final Pattern PAIR = Pattern.compile("(\\s*)([^=:\\s][^=:]*?)\\s*[=:]\\s*(.*)");
  private static final Pattern COMMENT_AFTER = Pattern.compile("(^|\\s);.*");

  private final Source source;
  private final Diagnostics problems = new Diagnostics();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private String section = "";
  private String current = "";
  private int indent;

  private ConfigFile(Source source) {
    this.source = source;
  }

  /** Each entry under {@code section.key}, the key in lower case. */
  static Map<String, Entry> read(Source source) {
    ConfigFile file = new ConfigFile(source);
    int offset = 0;
    for (int i = 1; i <= source.lineCount(); i++) {
      String line = source.line(i);
      file.line(line, offset);
      offset = source.text().indexOf('\n', offset) + 1;
    }
    file.problems.throwIfErrors();
    return file.entries;
  }

  private void line(String written, int offset) {
    String stripped = written.strip();
    if (stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith(";")) {
      return;
    }
    String line = COMMENT_AFTER.matcher(written).replaceFirst("").stripTrailing();
    int depth = line.length() - line.stripLeading().length();
    if (depth > indent && !current.isEmpty()) {
      Entry before = entries.get(current);
      entries.put(
          current, new Entry((before.value + "\n" + line.strip()).strip(), before.position));
      return;
    }
    Matcher matcher = SECTION.matcher(line.strip());
    if (matcher.matches()) {
      section = matcher.group(1);
      current = "";
      indent = depth;
      return;
    }
    matcher = PAIR.matcher(line);
    Position whole = source.at(offset + depth, line.length() - depth);
    if (!matcher.matches()) {
      problems.add(
          Diagnostic.error(whole, "this is neither a [section] nor 'key = value'")
              .withHint("a line that goes on with a value is indented"));
    } else if (section.isEmpty()) {
      problems.add(
          Diagnostic.error(whole, "this stands in no section")
              .withHint("most settings belong below a line [defaults]"));
    } else {
      pair(matcher, offset);
      indent = depth;
    }
  }

  private void pair(Matcher matcher, int offset) {
    Position key = source.at(offset + matcher.start(2), matcher.group(2).length());
    current = section + "." + matcher.group(2).toLowerCase(Locale.ROOT);
    String value = matcher.group(3);
    Position position =
        value.isEmpty() ? key : source.at(offset + matcher.start(3), value.length());
    Entry before = entries.put(current, new Entry(value, position));
    if (before != null) {
      problems.add(
          Diagnostic.error(key, "'" + matcher.group(2) + "' is set twice in [" + section + "]")
              .withNote("the first one", before.position)
              .withHint("leave one of them"));
    }
  }
}
