package dev.molt.dsl.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes one value; see {@link Json}. */
final class JsonWriter {
  private static final int MAX_DEPTH = 400;

  private final Json.Options options;
  private final StringBuilder out = new StringBuilder();

  JsonWriter(Json.Options options) {
    this.options = options;
  }

  String write(Value value) {
    value(value, 0);
    return out.toString();
  }

  private void value(Value value, int depth) {
    if (depth > MAX_DEPTH || out.length() > Python.MAX_TEXT) {
      throw new ValueException("the value is too large or too deeply nested for JSON");
    }
    if (value instanceof StrValue s) {
      string(s.text());
    } else if (value instanceof BoolValue b) {
      out.append(b.value());
    } else if (value instanceof NullValue) {
      out.append("null");
    } else if (value instanceof IntValue i) {
      out.append(i.value());
    } else if (value instanceof FloatValue f) {
      out.append(number(f.value()));
    } else if (value instanceof ListValue list) {
      list(list, depth);
    } else if (value instanceof MapValue map) {
      map(map, depth);
    } else if (value instanceof FunctionValue f && f.json() != null) {
      string(f.json());
    } else if (value instanceof UndefinedValue u && u.blank()) {
      string("");
    } else if (value instanceof UndefinedValue u) {
      throw new ValueException(u);
    } else {
      throw new ValueException(
          "Object of type " + Python.typeName(value) + " is not JSON serializable");
    }
  }

  private void list(ListValue list, int depth) {
    if (list.items().isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    boolean first = true;
    for (Value item : list.items()) {
      separate(first, depth + 1);
      value(item, depth + 1);
      first = false;
    }
    newLine(depth);
    out.append(']');
  }

  private void map(MapValue map, int depth) {
    if (map.entries().isEmpty()) {
      out.append("{}");
      return;
    }
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(map.entries().entrySet());
    if (options.sortKeys()) {
      entries.sort((a, b) -> Ordering.compare(a.getKey(), b.getKey(), "<"));
    }
    out.append('{');
    boolean first = true;
    for (Map.Entry<Value, Value> entry : entries) {
      separate(first, depth + 1);
      string(key(entry.getKey()));
      out.append(options.keySeparator());
      value(entry.getValue(), depth + 1);
      first = false;
    }
    newLine(depth);
    out.append('}');
  }

  private void separate(boolean first, int depth) {
    if (!first) {
      // An indented document ends its lines without a blank.
      out.append(options.indent() < 0 ? options.itemSeparator() : options.itemSeparator().trim());
    }
    newLine(depth);
  }

  private void newLine(int depth) {
    if (options.indent() >= 0) {
      out.append('\n').append(" ".repeat(options.indent() * depth));
    }
  }

  private static String key(Value key) {
    if (key instanceof StrValue s) {
      return s.text();
    } else if (key instanceof BoolValue b) {
      return b.value() ? "true" : "false";
    } else if (key instanceof NullValue) {
      return "null";
    } else if (key instanceof FloatValue f) {
      return number(f.value());
    } else if (key instanceof IntValue i) {
      return i.toString();
    }
    throw new ValueException(
        "keys must be str, int, float, bool or None, not " + Python.typeName(key));
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return PythonFloat.repr(value);
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || (options.ensureAscii() && c > 0x7e && c != 0x7f)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              out.append(Character.forDigit((c >> shift) & 15, 16));
            }
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
