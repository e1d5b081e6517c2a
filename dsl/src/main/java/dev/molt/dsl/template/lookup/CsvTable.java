package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lookup {@code csvfile}: a column of the row whose first column is the term. */
final class CsvTable {
  private CsvTable() {}

  static Value find(String term, Map<String, Value> options, Reader reader) throws IOException {
    Map<String, String> given = new LinkedHashMap<>();
    options.forEach((name, value) -> given.put(name, Python.str(value)));
    String key = Terms.read(term, given);
    String delimiter = given.getOrDefault("delimiter", "TAB");
    char separator = delimiter.equals("TAB") || delimiter.isEmpty() ? '\t' : delimiter.charAt(0);
    int column = number(given, "col", 1);
    int keyColumn = number(given, "keycol", 0);
    for (List<String> row :
        rows(reader.read(given.getOrDefault("file", "ansible.csv")), separator)) {
      if (keyColumn < row.size() && row.get(keyColumn).equals(key)) {
        if (column >= row.size()) {
          throw new ValueException("the row '" + key + "' has no column " + column);
        }
        return new StrValue(row.get(column));
      }
    }
    Value otherwise = options.get("default");
    String text = given.get("default");
    return otherwise != null
        ? otherwise
        : text == null ? ListValue.of() : text.isEmpty() ? NullValue.NULL : new StrValue(text);
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    String text = given.get(name);
    if (text == null) {
      return otherwise;
    } else if (!text.matches("[0-9]{1,6}")) {
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
