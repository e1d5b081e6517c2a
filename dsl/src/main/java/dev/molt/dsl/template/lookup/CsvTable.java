package dev.molt.dsl.template.lookup;

import dev.molt.dsl.template.ops.KeyValues;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lookup {@code csvfile}: a column of the row whose first column is the term. */
final class CsvTable {
  static final Set<String> OPTIONS =
      Set.of("file", "delimiter", "col", "keycol", "default", "encoding");

  private CsvTable() {}

  static List<Value> find(String term, Map<String, Value> options, Reader reader)
      throws IOException {
    Options given = new Options(options);
    KeyValues words = KeyValues.read(term);
    words.pairs().forEach((name, value) -> inline(name, value, given));
    String key = words.rest();
    if (key.isEmpty()) {
      throw new ValueException("Search key is required but was not found");
    }
    String delimiter = given.text("delimiter", "TAB");
    boolean tab = delimiter.equals("TAB") || delimiter.isEmpty() || delimiter.equals("\\t");
    char separator = tab ? '\t' : delimiter.charAt(0);
    int column = number(given, "col", 1);
    int keyColumn = number(given, "keycol", 0);
    String text = reader.read(given.text("file", "ansible.csv"), given.text("encoding", "utf-8"));
    for (List<String> row : rows(text, separator)) {
      if (keyColumn < row.size() && row.get(keyColumn).equals(key)) {
        if (column >= row.size()) {
          throw new ValueException("the row '" + key + "' has no column " + column);
        }
        return List.of(new StrValue(row.get(column)));
      }
    }
    Value otherwise = given.has("default") ? given.get("default") : ListValue.of();
    return otherwise instanceof ListValue list ? list.items() : List.of(otherwise);
  }

  private static void inline(String name, String value, Options given) {
    if (!OPTIONS.contains(name)) {
      throw new ValueException(name + " is not a valid option");
    }
    given.put(name, value);
  }

  private static int number(Options given, String name, int otherwise) {
    // A term may have commas between its options.
    String text = given.text(name, String.valueOf(otherwise)).replaceFirst(",$", "");
    if (!text.matches("[0-9]{1,6}")) {
      throw new ValueException("the lookup csvfile needs a number for " + name + ", not " + text);
    }
    return Integer.parseInt(text);
  }

  private static List<List<String>> rows(String text, char separator) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean twice = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        quoted = c != '"' || twice;
        cell.append(quoted ? String.valueOf(c) : "");
        i += twice ? 1 : 0;
      } else if (c == '"' && cell.length() == 0) {
        quoted = true;
      } else if (c == separator || c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    row.add(cell.toString());
    rows.add(row);
    return rows;
  }
}
