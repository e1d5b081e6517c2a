package dev.molt.dsl.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one document; see {@link Json}. */
final class JsonReader {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_DIGITS = 4300;

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  Value document() {
    Value value = value(0);
    blanks();
    if (at < text.length()) {
      throw error("Extra data");
    }
    return value;
  }

  private Value value(int depth) {
    if (depth > MAX_DEPTH) {
      throw error("nested more than " + MAX_DEPTH + " levels deep");
    }
    blanks();
    if (at >= text.length()) {
      throw error("Expecting value");
    }
    char c = text.charAt(at);
    if (c == '{') {
      return map(depth);
    } else if (c == '[') {
      return list(depth);
    } else if (c == '"') {
      return new StrValue(string());
    } else if (word("true")) {
      return BoolValue.TRUE;
    } else if (word("false")) {
      return BoolValue.FALSE;
    } else if (word("null")) {
      return NullValue.NULL;
    } else if (word("NaN")) {
      return new FloatValue(Double.NaN);
    } else if (word("Infinity")) {
      return new FloatValue(Double.POSITIVE_INFINITY);
    } else if (word("-Infinity")) {
      return new FloatValue(Double.NEGATIVE_INFINITY);
    }
    return number();
  }

  private Value map(int depth) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    at++;
    blanks();
    if (accept('}')) {
      return new MapValue(entries);
    }
    do {
      blanks();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw error("Expecting property name enclosed in double quotes");
      }
      StrValue key = new StrValue(string());
      blanks();
      if (!accept(':')) {
        throw error("Expecting ':' delimiter");
      }
      entries.put(key, value(depth + 1));
      blanks();
    } while (accept(','));
    if (!accept('}')) {
      throw error("Expecting ',' delimiter");
    }
    return new MapValue(entries);
  }

  private Value list(int depth) {
    List<Value> items = new ArrayList<>();
    at++;
    blanks();
    if (accept(']')) {
      return new ListValue(items);
    }
    do {
      items.add(value(depth + 1));
      blanks();
    } while (accept(','));
    if (!accept(']')) {
      throw error("Expecting ',' delimiter");
    }
    return new ListValue(items);
  }

  private String string() {
    int start = at++;
    StringBuilder out = null;
    for (int from = at; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        String rest = text.substring(from, at++);
        return out == null ? rest : out.append(rest).toString();
      } else if (c < 0x20) {
        throw error("Invalid control character");
      } else if (c == '\\') {
        out = out == null ? new StringBuilder() : out;
        out.append(text, from, at);
        out.append(escape());
        from = at + 1;
      }
    }
    at = start;
    throw error("Unterminated string starting");
  }

  /** Reads an escape up to its last character. */
  private char escape() {
    at++;
    char c = at < text.length() ? text.charAt(at) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> throw error("Invalid \\escape");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 1; i <= 4; i++) {
      int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
      if (digit < 0) {
        throw error("Invalid \\uXXXX escape");
      }
      code = code * 16 + digit;
    }
    at += 4;
    return (char) code;
  }

  private Value number() {
    int start = at;
    accept('-');
    int whole = at;
    digits();
    if (at == whole || (text.charAt(whole) == '0' && at > whole + 1)) {
      at = start;
      throw error("Expecting value");
    }
    int end = at;
    boolean isFloat = false;
    if (accept('.')) {
      int from = at;
      digits();
      isFloat = at > from;
    }
    end = isFloat ? at : end;
    at = end;
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      int from = at;
      digits();
      if (at > from) {
        isFloat = true;
        end = at;
      }
    }
    at = end;
    String number = text.substring(start, end);
    if (number.length() > MAX_DIGITS) {
      throw error("the number has more than " + MAX_DIGITS + " digits");
    }
    return isFloat
        ? new FloatValue(Double.parseDouble(number))
        : new IntValue(new BigInteger(number));
  }

  private void digits() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean word(String word) {
    if (text.startsWith(word, at)) {
      at += word.length();
      return true;
    }
    return false;
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private ValueException error(String message) {
    long line = text.chars().limit(at).filter(c -> c == '\n').count() + 1;
    int column = at - text.lastIndexOf('\n', at - 1);
    return new ValueException("not JSON: " + message + " at line " + line + ", column " + column);
  }
}
