package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.module.Expression;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.Spec.OptionSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Converts values to the types of options, as leniently as Ansible and no more. */
final class OptionTypes {
  private OptionTypes() {}

  /** What an option is that was not given. */
  static Object absent(OptionSpec option) {
    Class<?> raw = raw(option.type());
    if (option.defaultValue().isPresent()) {
      return convert(option, null, option.defaultValue().get());
    } else if (raw == Optional.class) {
      return Optional.empty();
    } else if (raw == List.class) {
      return List.of();
    } else if (raw == Map.class) {
      return Map.of();
    } else if (raw == boolean.class) {
      return false;
    } else if (raw == int.class) {
      return 0;
    } else if (raw == long.class) {
      return 0L;
    } else if (raw == double.class) {
      return 0.0;
    }
    return null;
  }

  /**
   * Converts.
   *
   * @param node where the value was written, for errors; null for a default
   * @throws DiagnosticException at the node
   */
  static Object convert(OptionSpec option, Node node, Value value) {
    return convert(option, node, value, option.type());
  }

  private static Object convert(OptionSpec option, Node node, Value value, Type wanted) {
    Class<?> raw = raw(wanted);
    if (raw == Optional.class) {
      return value instanceof NullValue
          ? Optional.empty()
          : Optional.of(convert(option, node, value, argument(wanted, 0)));
    } else if (raw == Value.class) {
      return value;
    } else if (raw == List.class) {
      return list(option, node, value, argument(wanted, 0));
    } else if (raw == Map.class) {
      return map(option, node, value);
    } else if (raw == FileMode.class) {
      return mode(option, node, value);
    } else if (raw == boolean.class || raw == Boolean.class) {
      return bool(option, node, value);
    } else if (raw == Expression.class) {
      return null;
    } else if (raw.isEnum()) {
      return choice(option, node, value, raw);
    }
    Object converted =
        raw == String.class ? string(option, node, value) : number(option, node, value, raw);
    if (!option.choices().isEmpty() && !option.choices().contains(converted.toString())) {
      throw notAChoice(option, node, converted.toString(), option.choices());
    }
    return converted;
  }

  private static String string(OptionSpec option, Node node, Value value) {
    if (value instanceof ListValue || value instanceof MapValue || value instanceof NullValue) {
      throw wrong(option, node, value, "a text");
    }
    String text = Python.str(value);
    if (value instanceof FloatValue
        && node instanceof ScalarNode scalar
        && scalar.value() == value
        && !text.equals(scalar.text())) {
      // Ansible passes on the number, so that version 1.10 becomes 1.1.
      throw Diagnostic.error(
              at(node), "without quotes " + scalar.text() + " is a number, and becomes " + text)
          .withHint("put it in quotes: \"" + scalar.text() + "\"")
          .asException();
    }
    return text;
  }

  private static boolean bool(OptionSpec option, Node node, Value value) {
    return Truth.ofWord(Python.str(value))
        .orElseThrow(() -> wrong(option, node, value, "true or false"));
  }

  private static Number number(OptionSpec option, Node node, Value value, Class<?> raw) {
    try {
      if (value instanceof BoolValue || value instanceof NullValue) {
        throw wrong(option, node, value, "a number");
      }
      String text = value instanceof IntValue i ? i.value().toString() : Python.str(value).strip();
      if (raw == double.class || raw == Double.class) {
        return value instanceof FloatValue f ? f.value() : Double.parseDouble(text);
      } else if (raw == long.class || raw == Long.class) {
        return Long.parseLong(text);
      } else if (raw == int.class || raw == Integer.class) {
        return Integer.parseInt(text);
      }
    } catch (NumberFormatException e) {
      throw wrong(
          option,
          node,
          value,
          raw == double.class || raw == Double.class ? "a number" : "a whole number");
    }
    throw new IllegalStateException("option " + option.name() + " has the type " + raw);
  }

  private static FileMode mode(OptionSpec option, Node node, Value value) {
    if (value instanceof IntValue number) {
      if (node instanceof ScalarNode scalar && scalar.text().startsWith("0")) {
        return new FileMode(FileMode.octal(number.value().intValue()));
      }
      throw Diagnostic.error(
              at(node),
              "the mode " + number + " is a decimal number here, not the octal one you mean")
          .withHint("write it in quotes with a leading zero: '0" + number + "'")
          .asException();
    }
    try {
      return FileMode.parse(string(option, node, value));
    } catch (IllegalArgumentException e) {
      throw Diagnostic.error(at(node), e.getMessage()).asException();
    }
  }

  private static Object choice(OptionSpec option, Node node, Value value, Class<?> raw) {
    String text = string(option, node, value);
    List<String> names = option.choices();
    int index = names.indexOf(text.toLowerCase(Locale.ROOT).replace('-', '_'));
    if (index < 0 && value instanceof BoolValue flag) {
      // YAML takes yes and no, written without quotes, for booleans.
      index = names.indexOf(flag.value() ? "yes" : "no");
    }
    if (index < 0) {
      throw notAChoice(option, node, text, names);
    }
    return raw.getEnumConstants()[index];
  }

  private static DiagnosticException notAChoice(
      OptionSpec option, Node node, String text, List<String> choices) {
    return Diagnostic.error(
            at(node), "'" + text + "' is not a value of the option '" + option.name() + "'")
        .withHint(
            Suggestions.hint(text, choices).orElse("it is one of: " + String.join(", ", choices)))
        .asException();
  }

  private static List<Object> list(OptionSpec option, Node node, Value value, Type item) {
    List<Value> values = new ArrayList<>();
    if (value instanceof ListValue given) {
      values.addAll(given.items());
    } else if (value instanceof StrValue text && raw(item) == String.class) {
      for (String part : text.text().split(",", -1)) {
        values.add(new StrValue(part.strip()));
      }
    } else {
      values.add(value);
    }
    List<Node> nodes =
        node instanceof SequenceNode s && s.items().size() == values.size() ? s.items() : null;
    List<Object> converted = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      converted.add(convert(option, nodes == null ? node : nodes.get(i), values.get(i), item));
    }
    return converted;
  }

  private static Map<String, Value> map(OptionSpec option, Node node, Value value) {
    if (!(value instanceof MapValue given)) {
      throw wrong(option, node, value, "a mapping");
    }
    Map<String, Value> map = new LinkedHashMap<>();
    given.entries().forEach((k, v) -> map.put(Python.str(k), v));
    return map;
  }

  static boolean isExpression(OptionSpec option) {
    return raw(innermost(option.type())) == Expression.class;
  }

  /** Binds expressions to the variables, to be evaluated by the module. */
  static Object expressions(OptionSpec option, Node node, Templar templar, Variables variables) {
    Class<?> raw = raw(option.type());
    if (raw == List.class) {
      List<Node> items = node instanceof SequenceNode s ? s.items() : List.of(node);
      return items.stream().map(n -> expression(option, n, templar, variables)).toList();
    }
    Expression one = expression(option, node, templar, variables);
    return raw == Optional.class ? Optional.of(one) : one;
  }

  private static Expression expression(
      OptionSpec option, Node node, Templar templar, Variables variables) {
    if (!(node instanceof ScalarNode scalar)) {
      throw Diagnostic.error(
              node.position(), "'" + option.name() + "' takes an expression, found " + node.kind())
          .asException();
    }
    return new Expression() {
      @Override
      public String text() {
        return scalar.text();
      }

      @Override
      public Value evaluate() {
        return templar.expression(scalar, variables);
      }
    };
  }

  private static DiagnosticException wrong(
      OptionSpec option, Node node, Value value, String wanted) {
    String found = option.sensitive() ? "something else" : Python.repr(value);
    return Diagnostic.error(
            at(node), "the option '" + option.name() + "' takes " + wanted + ", found " + found)
        .asException();
  }

  private static dev.molt.dsl.source.Position at(Node node) {
    if (node == null) {
      throw new IllegalStateException("a default that is not of its option's type");
    }
    return node instanceof ScalarNode scalar && !scalar.text().isEmpty()
        ? scalar.origin().at(0, scalar.text().length())
        : node.position();
  }

  private static Type innermost(Type type) {
    return type instanceof ParameterizedType p && raw(type) != Map.class
        ? innermost(p.getActualTypeArguments()[0])
        : type;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
  }
}
