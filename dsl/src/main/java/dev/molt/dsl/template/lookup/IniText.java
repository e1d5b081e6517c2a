package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.ValueException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The text of an INI file as Python's {@code configparser} reads it. */
final class IniText {
  /** The section that stands for a file without any. */
  static final String PROPERTIES = "java_properties";

  private static final String DEFAULTS = "DEFAULT";
  private static final int MAX_DEPTH = 10;

  private final String file;
  private final boolean cased;
  private final boolean bare;
  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

  /**
   * @param bare whether a key may have no value; it is null then
   */
  IniText(String file, boolean cased, boolean bare) {
    this.file = file;
    this.cased = cased;
    this.bare = bare;
  }

  void read(String text) {
    String section = null;
    String last = null;
    int indent = 0;
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      String stripped = line.strip();
      int here = line.length() - line.stripLeading().length();
      if (stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith(";")) {
        continue;
      } else if (last != null && here > indent) {
        Map<String, String> entries = sections.get(section);
        String before = entries.get(last);
        entries.put(last, before == null || before.isEmpty() ? stripped : before + "\n" + stripped);
        continue;
      }
      indent = here;
      if (stripped.startsWith("[") && stripped.endsWith("]")) {
        section = stripped.substring(1, stripped.length() - 1);
        String name = section;
        if (sections.putIfAbsent(name, new LinkedHashMap<>()) != null && !name.equals(DEFAULTS)) {
          throw wrong(number, "section '" + name + "' already exists");
        }
        last = null;
      } else if (section == null) {
        throw wrong(number, "File contains no section headers.");
      } else {
        last = entry(section, stripped, number);
      }
    }
  }

  private String entry(String section, String line, int number) {
    int at = 0;
    while (at < line.length() && line.charAt(at) != '=' && line.charAt(at) != ':') {
      at++;
    }
    if (at == line.length() && !bare) {
      throw wrong(number, "'" + line + "' is neither a section nor a key with a value");
    }
    String name = line.substring(0, at).strip();
    String key = cased ? name : name.toLowerCase(Locale.ROOT);
    if (sections.get(section).containsKey(key)) {
      throw new ValueException(
          "Duplicate option in '"
              + file
              + "': option '"
              + key
              + "' in section '"
              + section
              + "' is there again in line "
              + number,
          cased ? null : "case_sensitive=true tells keys apart by their case");
    }
    String value = at == line.length() ? null : line.substring(at + 1).strip();
    sections.get(section).put(key, value);
    return key;
  }

  /** The keys of a section, and those that all sections have. */
  Map<String, String> section(String name) {
    Map<String, String> all =
        new LinkedHashMap<>(sections.getOrDefault(DEFAULTS, new LinkedHashMap<>()));
    if (!sections.containsKey(name)) {
      throw new ValueException("No section '" + name + "' in " + file);
    }
    all.putAll(sections.get(name));
    return all;
  }

  /** The value of a key; with {@code %(other)s} filled in if asked for. */
  String value(String section, String key, boolean interpolate) {
    String value = section(section).get(key);
    return value == null || !interpolate ? value : filled(value, section, 0);
  }

  private String filled(String value, String section, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ValueException("the values of " + file + " refer to each other without an end");
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      char next = i + 1 < value.length() ? value.charAt(i + 1) : ' ';
      int end = next == '(' ? value.indexOf(")s", i) : -1;
      if (c != '%') {
        out.append(c);
      } else if (next == '%') {
        out.append('%');
        i++;
      } else if (end < 0) {
        throw new ValueException(
            "'%' must be followed by '%' or '(', found: '" + value.substring(i) + "'",
            "interpolation=false takes values as they are");
      } else {
        String name = value.substring(i + 2, end);
        String other = section(section).get(cased ? name : name.toLowerCase(Locale.ROOT));
        if (other == null) {
          throw new ValueException(file + " has no '" + name + "' to fill into '" + value + "'");
        }
        out.append(filled(other, section, depth + 1));
        i = end + 1;
      }
    }
    return out.toString();
  }

  private ValueException wrong(int line, String message) {
    return new ValueException("line " + line + " of " + file + ": " + message);
  }
}
