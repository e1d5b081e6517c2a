package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The lookup {@code ini}: a value of an INI or properties file. */
final class IniFile {
  private IniFile() {}

  static List<Value> find(String term, Map<String, Value> options, Reader reader)
      throws IOException {
    Map<String, String> given = new LinkedHashMap<>();
    options.forEach((name, value) -> given.put(name, Python.str(value)));
    String key = Terms.read(term, given);
    boolean properties = given.getOrDefault("type", "ini").equals("properties");
    boolean cased = flag(given, "case_sensitive");
    String file = given.getOrDefault("file", properties ? "ansible.properties" : "ansible.ini");
    String section = properties ? "" : given.getOrDefault("section", "global");
    Map<String, String> entries = section(reader.read(file), section, cased);
    if (flag(given, "re")) {
      return matching(key, entries);
    }
    String value = entries.get(cased ? key : key.toLowerCase(Locale.ROOT));
    if (value != null) {
      return List.of(new StrValue(value));
    } else if (given.containsKey("default")) {
      return List.of(options.getOrDefault("default", new StrValue(given.get("default"))));
    } else if (flag(given, "allow_none")) {
      return List.of();
    }
    throw new ValueException("there is no '" + key + "' in section '" + section + "' of " + file);
  }

  private static boolean flag(Map<String, String> given, String name) {
    String value = given.getOrDefault(name, "false").toLowerCase(Locale.ROOT);
    return List.of("true", "yes", "1").contains(value) && Truth.of(new StrValue(value));
  }

  private static List<Value> matching(String key, Map<String, String> entries) {
    try {
      Pattern pattern = Pattern.compile(key);
      List<Value> found = new ArrayList<>();
      entries.forEach(
          (name, value) -> {
            if (pattern.matcher(name).lookingAt()) {
              found.add(new StrValue(value));
            }
          });
      return found;
    } catch (PatternSyntaxException e) {
      throw new ValueException("the regular expression '" + key + "' is wrong");
    }
  }

  /** The entries of a section; those before any section stand in the empty one. */
  private static Map<String, String> section(String text, String wanted, boolean cased) {
    Map<String, String> entries = new LinkedHashMap<>();
    String section = "";
    String last = null;
    for (String line : text.split("\\R")) {
      String stripped = line.strip();
      boolean comment = stripped.startsWith("#") || stripped.startsWith(";");
      if (stripped.startsWith("[") && stripped.endsWith("]")) {
        section = stripped.substring(1, stripped.length() - 1);
        last = null;
      } else if (section.equals(wanted) && !stripped.isEmpty() && !comment) {
        boolean continued = last != null && Character.isWhitespace(line.charAt(0));
        if (continued) {
          entries.merge(last, stripped, (a, b) -> a + "\n" + b);
          continue;
        }
        String[] parts = stripped.split("\\s*[=:]\\s*", 2);
        last = cased ? parts[0] : parts[0].toLowerCase(Locale.ROOT);
        entries.put(last, parts.length > 1 ? parts[1] : "");
      }
    }
    return entries;
  }
}
