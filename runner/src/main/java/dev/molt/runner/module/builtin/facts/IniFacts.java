package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sections and keys as Python's ConfigParser reads them: keys in lower case, {@code [DEFAULT]} for
 * all sections, values that go on in indented lines, {@code %(key)s} for other values.
 */
final class IniFacts {
  private static final Pattern SECTION = Pattern.compile("\\[(.+)\\].*");
  private static final Pattern REFERENCE = Pattern.compile("%(?:%|\\(([^)]+)\\)s|(.?))");
  private static final int MAX_DEPTH = 10;
  private static final String DEFAULT = "DEFAULT";

  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();
  private String lastKey;

  private IniFacts() {}

  /** A value that refers to what is not there. */
  static final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    BadValueException(String message) {
      super(message);
    }
  }

  /**
   * Sections of keys of texts.
   *
   * @throws IllegalArgumentException if the text is not of this form
   */
  static MapValue parse(String text) throws BadValueException {
    IniFacts ini = new IniFacts();
    ini.read(text);
    MapValue result = MapValue.empty();
    Map<String, String> defaults = ini.sections.getOrDefault(DEFAULT, Map.of());
    for (Map.Entry<String, Map<String, String>> section : ini.sections.entrySet()) {
      if (!section.getKey().equals(DEFAULT)) {
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(section.getValue());
        MapValue values = MapValue.empty();
        for (String key : all.keySet()) {
          values.put(key, Value.of(resolve(all, key, 0)));
        }
        result.put(section.getKey(), values);
      }
    }
    return result;
  }

  private void read(String text) {
    Map<String, String> current = null;
    for (String line : text.split("\r?\n", -1)) {
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith(";")) {
        continue;
      }
      if (current != null && lastKey != null && Character.isWhitespace(line.charAt(0))) {
        current.merge(lastKey, stripped, (a, b) -> a + "\n" + b);
        continue;
      }
      Matcher section = SECTION.matcher(stripped);
      if (section.matches()) {
        String name = section.group(1);
        if (sections.containsKey(name) && !name.equals(DEFAULT)) {
          throw new IllegalArgumentException("the section " + name + " is there twice");
        }
        current = sections.computeIfAbsent(name, n -> new LinkedHashMap<>());
        lastKey = null;
      } else if (current == null) {
        throw new IllegalArgumentException("there is no section before: " + stripped);
      } else {
        option(current, stripped);
      }
    }
  }

  private void option(Map<String, String> section, String line) {
    int at = 0;
    while (at < line.length() && line.charAt(at) != '=' && line.charAt(at) != ':') {
      at++;
    }
    if (at == 0 || at == line.length()) {
      throw new IllegalArgumentException("neither a section nor an option: " + line);
    }
    lastKey = line.substring(0, at).strip().toLowerCase(Locale.ROOT);
    if (section.put(lastKey, line.substring(at + 1).strip()) != null) {
      throw new IllegalArgumentException("the option " + lastKey + " is there twice");
    }
  }

  private static String resolve(Map<String, String> values, String key, int depth)
      throws BadValueException {
    Matcher matcher = REFERENCE.matcher(values.get(key));
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String replacement = "%";
      if (matcher.group(1) != null) {
        String other = matcher.group(1).toLowerCase(Locale.ROOT);
        if (depth >= MAX_DEPTH || !values.containsKey(other)) {
          throw new BadValueException(
              "the value of '" + key + "' refers to '" + other + "', which is not there");
        }
        replacement = resolve(values, other, depth + 1);
      } else if (matcher.group(2) != null) {
        throw new BadValueException(
            "in the value of '" + key + "', '%' must be followed by '%' or '('");
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(out).toString();
  }
}
