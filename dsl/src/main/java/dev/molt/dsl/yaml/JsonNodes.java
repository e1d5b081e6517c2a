package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.MappingNode.Entry;
import dev.molt.dsl.yaml.ScalarNode.Style;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON, which programs print, into nodes. Unlike in YAML, {@code 1e3} is a number, and of a
 * key given twice the last counts. As Ansible writes them, {@code {"__ansible_unsafe": "text"}} is
 * a text that is no template, and {@code {"__ansible_vault": "text"}} one that is encrypted.
 */
public final class JsonNodes {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_DIGITS = 4300;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][-+]?[0-9]++)?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]++");
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String MEANING = "\"\\/\b\f\n\r\t";

  private final Source source;
  private final String text;
  private int at;

  private JsonNodes(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /**
   * Reads one document.
   *
   * @throws DiagnosticException where it is not JSON, or nested more than 100 levels deep
   */
  public static Node read(Source source) {
    JsonNodes reader = new JsonNodes(source);
    Node node = reader.value(0);
    reader.blanks();
    if (reader.at < reader.text.length()) {
      throw reader.wrong("something follows what should be all");
    }
    return node;
  }

  private Node value(int depth) {
    blanks();
    if (at >= text.length()) {
      throw wrong(text.isBlank() ? "it is empty" : "it ends too early");
    } else if (depth > MAX_DEPTH) {
      throw wrong("it is nested more than " + MAX_DEPTH + " levels deep");
    }
    return switch (text.charAt(at)) {
      case '{' -> mapping(depth);
      case '[' -> list(depth);
      case '"' -> string();
      default -> plain();
    };
  }

  private Node mapping(int depth) {
    int start = at++;
    Map<String, Entry> entries = new LinkedHashMap<>();
    blanks();
    if (!accept('}')) {
      do {
        blanks();
        if (at >= text.length() || text.charAt(at) != '"') {
          throw wrong("expected a key in double quotes");
        }
        ScalarNode key = string();
        expect(':');
        entries.put(key.text(), new Entry(key, value(depth + 1)));
        blanks();
      } while (accept(','));
      expect('}');
    }
    for (String mark : List.of("unsafe", "vault")) {
      Entry marked = entries.get("__ansible_" + mark);
      if (marked != null) {
        return marked(marked, "!" + mark);
      }
    }
    return new MappingNode(source.at(start, 1), List.copyOf(entries.values()));
  }

  private static Node marked(Entry entry, String tag) {
    ScalarNode text = Nodes.requireString(entry.value(), "'" + entry.key().text() + "'");
    return new ScalarNode(
        text.position(), text.text(), text.value(), text.style(), tag, text.origin());
  }

  private Node list(int depth) {
    int start = at++;
    List<Node> items = new ArrayList<>();
    blanks();
    if (!accept(']')) {
      do {
        items.add(value(depth + 1));
        blanks();
      } while (accept(','));
      expect(']');
    }
    return new SequenceNode(source.at(start, 1), items);
  }

  private ScalarNode string() {
    int start = at++;
    StringBuilder out = new StringBuilder();
    while (true) {
      if (at >= text.length() || text.charAt(at) == '\n') {
        at = start;
        throw wrong("this text is never closed");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        break;
      } else if (c < 0x20) {
        at--;
        throw wrong("a control character in a text");
      }
      out.append(c == '\\' ? escape() : c);
    }
    String value = out.toString();
    return new ScalarNode(
        source.at(start, at - start),
        value,
        new StrValue(value),
        Style.DOUBLE_QUOTED,
        "",
        (offset, length) -> source.at(start + 1 + offset, length));
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    int known = ESCAPES.indexOf(c);
    if (known >= 0) {
      return MEANING.charAt(known);
    } else if (c == 'u' && at + 4 <= text.length()) {
      String digits = text.substring(at, at + 4);
      if (digits.matches("[0-9a-fA-F]{4}")) {
        at += 4;
        return (char) Integer.parseInt(digits, 16);
      }
    }
    at -= 2;
    throw wrong("no such escape");
  }

  private Node plain() {
    int start = at;
    Matcher word = WORD.matcher(text).region(at, text.length());
    Value value;
    if (word.lookingAt()) {
      at = word.end();
      value =
          switch (word.group()) {
            case "true" -> BoolValue.TRUE;
            case "false" -> BoolValue.FALSE;
            case "null" -> NullValue.NULL;
            case "NaN" -> new FloatValue(Double.NaN);
            case "Infinity" -> new FloatValue(Double.POSITIVE_INFINITY);
            default -> null;
          };
    } else {
      value = number();
    }
    if (value == null) {
      at = start;
      throw wrong("expected a value");
    }
    String written = text.substring(start, at);
    return new ScalarNode(
        source.at(start, at - start),
        written,
        value,
        Style.PLAIN,
        "",
        (offset, length) -> source.at(start + offset, length));
  }

  /** Null where there is none. */
  private Value number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (text.startsWith("-Infinity", at)) {
      at += "-Infinity".length();
      return new FloatValue(Double.NEGATIVE_INFINITY);
    } else if (!number.lookingAt() || number.end() - at > MAX_DIGITS) {
      return null;
    }
    at = number.end();
    return number.group(1) == null && number.group(2) == null
        ? new IntValue(new BigInteger(number.group()))
        : new FloatValue(Double.parseDouble(number.group()));
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    blanks();
    if (!accept(c)) {
      throw wrong("expected a '" + c + "'");
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private DiagnosticException wrong(String what) {
    return Diagnostic.error(source.at(at, 1), "this is not JSON: " + what).asException();
  }
}
