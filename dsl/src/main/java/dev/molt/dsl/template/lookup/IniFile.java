package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The lookup {@code ini}: a value of an INI or properties file. */
final class IniFile {
  static final Set<String> OPTIONS =
      Set.of(
          "type",
          "file",
          "section",
          "re",
          "encoding",
          "default",
          "case_sensitive",
          "allow_no_value",
          "allow_none",
          "interpolation");

  private IniFile() {}

  static List<Value> find(String term, Map<String, Value> options, Reader reader)
      throws IOException {
    Options given = new Options(options);
    String key = term.contains("=") || term.strip().contains(" ") ? inline(term, given) : term;
    boolean properties = given.text("type", "ini").equals("properties");
    String file = given.text("file", "ansible.ini");
    String section = properties ? IniText.PROPERTIES : given.text("section", "global");
    IniText ini =
        new IniText(
            file,
            given.flag("case_sensitive", false),
            given.flag("allow_no_value", given.flag("allow_none", false)));
    String text = reader.read(file, given.text("encoding", "utf-8"));
    ini.read((properties ? "[" + IniText.PROPERTIES + "]\n" : "") + text);
    Map<String, String> entries = ini.section(section);
    boolean interpolate = given.flag("interpolation", true);
    List<Value> found = new ArrayList<>();
    if (given.flag("re", false)) {
      Pattern pattern = pattern(key);
      for (String name : entries.keySet()) {
        if (pattern.matcher(name).lookingAt()) {
          add(ini.value(section, name, interpolate), found);
        }
      }
      return found;
    }
    String name = given.flag("case_sensitive", false) ? key : key.toLowerCase(Locale.ROOT);
    if (entries.containsKey(name)) {
      add(ini.value(section, name, interpolate), found);
    } else {
      found.add(given.has("default") ? given.get("default") : StrValue.EMPTY);
    }
    return found;
  }

  private static void add(String value, List<Value> into) {
    if (value != null) {
      into.add(new StrValue(value));
    }
  }

  private static Pattern pattern(String key) {
    try {
      return Pattern.compile(key);
    } catch (PatternSyntaxException e) {
      throw new ValueException("the regular expression '" + key + "' is wrong");
    }
  }

  /** A term such as {@code key file=x section=some section}: values may have blanks in them. */
  private static String inline(String term, Options given) {
    String key = null;
    String name = null;
    StringBuilder value = new StringBuilder();
    for (String word : term.strip().split("\\s+")) {
      int equals = word.indexOf('=');
      String left = equals > 0 ? word.substring(0, equals) : null;
      if (left == null || (name != null && !OPTIONS.contains(left))) {
        if (name == null) {
          key = key == null ? word : key + " " + word;
          continue;
        }
        value.append(' ').append(word);
      } else if (!OPTIONS.contains(left)) {
        throw new ValueException(left + " is not a valid option.");
      } else {
        name = left;
        value.setLength(0);
        value.append(word, equals + 1, word.length());
      }
      given.put(name, value.toString());
    }
    if (key == null) {
      throw new ValueException(
          "No key to lookup was provided as first term with in string inline options: " + term);
    }
    return key;
  }
}
