package dev.molt.dsl.value;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Values as Python shows them: {@code str}, {@code repr} and the names of types. */
public final class Python {
  /** No text that a template makes may be longer, in UTF-16 units. */
  public static final int MAX_TEXT = 64 << 20;

  private static final int MAX_DEPTH = 400;

  private Python() {}

  /**
   * The value as text: a text as it is, everything else as {@link #repr} gives it. The result does
   * not say whether it holds a secret; {@link #text} does.
   *
   * @throws ValueException for an undefined value, and past {@link #MAX_TEXT}
   */
  public static String str(Value value) {
    return value instanceof StrValue s
        ? s.text()
        : value instanceof FunctionValue f ? f.str() : repr(value);
  }

  /** The value as text, secret where anything in it is. */
  public static StrValue text(Value value) {
    if (value instanceof StrValue s) {
      return s;
    }
    String text = str(value);
    return Secrets.holds(value) ? StrValue.secret(text) : new StrValue(text);
  }

  /**
   * The value in Python's own notation: {@code 'text'}, {@code [1, None]}, {@code {'a': True}}.
   *
   * @throws ValueException for an undefined value, and past {@link #MAX_TEXT}
   */
  public static String repr(Value value) {
    if (value instanceof IntValue
        || value instanceof BoolValue
        || value instanceof NullValue
        || value instanceof OmitValue) {
      return value.toString();
    } else if (value instanceof FloatValue f) {
      return PythonFloat.repr(f.value());
    }
    StringBuilder out = new StringBuilder();
    repr(value, out, new ArrayDeque<>());
    return out.toString();
  }

  /** Python's name for the type of the value, as it stands in its error messages. */
  public static String typeName(Value value) {
    if (value instanceof StrValue) {
      return "str";
    } else if (value instanceof BoolValue) {
      return "bool";
    } else if (value instanceof IntValue) {
      return "int";
    } else if (value instanceof FloatValue) {
      return "float";
    } else if (value instanceof ListValue list) {
      return list.kind().python();
    } else if (value instanceof MapValue) {
      return "dict";
    } else if (value instanceof NullValue) {
      return "NoneType";
    } else if (value instanceof UndefinedValue) {
      return "undefined";
    }
    return value instanceof FunctionValue f ? f.typeName() : "omit";
  }

  private static void repr(Value value, StringBuilder out, Deque<Value> parents) {
    if (out.length() > MAX_TEXT) {
      throw new ValueException("the text is longer than " + MAX_TEXT + " characters");
    }
    if (value instanceof StrValue s) {
      quote(s.text(), out);
    } else if (value instanceof ListValue || value instanceof MapValue) {
      container(value, out, parents);
    } else if (value instanceof UndefinedValue u) {
      if (!u.blank()) {
        throw new ValueException(u);
      }
    } else if (value instanceof FunctionValue f) {
      out.append(f.repr());
    } else {
      out.append(repr(value));
    }
  }

  private static void container(Value value, StringBuilder out, Deque<Value> parents) {
    // A list that was appended to itself is shown as Python shows it.
    for (Value parent : parents) {
      if (parent == value) {
        out.append(value instanceof MapValue ? "{...}" : "[...]");
        return;
      }
    }
    if (parents.size() >= MAX_DEPTH) {
      throw new ValueException("the value is nested more than " + MAX_DEPTH + " levels deep");
    }
    parents.push(value);
    String separator = "";
    if (value instanceof ListValue list) {
      list(list, out, parents);
    } else if (value instanceof MapValue map) {
      out.append('{');
      for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
        out.append(separator);
        repr(entry.getKey(), out, parents);
        out.append(": ");
        repr(entry.getValue(), out, parents);
        separator = ", ";
      }
      out.append('}');
    }
    parents.pop();
  }

  private static void list(ListValue list, StringBuilder out, Deque<Value> parents) {
    boolean tuple = list.kind() == ListValue.Kind.TUPLE;
    out.append(tuple ? '(' : '[');
    String separator = "";
    for (Value item : list.items()) {
      out.append(separator);
      repr(item, out, parents);
      separator = ", ";
    }
    out.append(!tuple ? "]" : list.items().size() == 1 ? ",)" : ")");
  }

  private static void quote(String text, StringBuilder out) {
    char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(mark);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c == mark) {
            out.append('\\').append(c);
          } else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad) {
            out.append("\\x").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append(mark);
  }
}
