package dev.molt.dsl.template;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Short ways to evaluate in tests. */
final class Templates {
  static final TemplateEngine ENGINE = new TemplateEngine(Library.builtin());

  private Templates() {}

  static Scope scope(Map<String, Value> variables) {
    return new Scope() {
      @Override
      public Value lookup(String name) {
        Value value = variables.get(name);
        return value == null ? UndefinedValue.name(name) : value;
      }

      @Override
      public Collection<String> names() {
        return variables.keySet();
      }
    };
  }

  /** Variables from JSON, with apostrophes for quotes. */
  static Scope scope(String json) {
    Map<String, Value> variables = new LinkedHashMap<>();
    ((MapValue) Json.parse(json.replace('\'', '"')))
        .entries()
        .forEach((name, value) -> variables.put(Python.str(name), value));
    return scope(variables);
  }

  static TextOrigin origin(String text) {
    return TextOrigin.of(Source.inline("test", text));
  }

  static Value evaluate(String expression, Scope scope) {
    return ENGINE.evaluate(expression, origin(expression), scope);
  }

  static Value render(String text, Scope scope) {
    return ENGINE.render(text, origin(text), scope);
  }

  /** The value of an expression as Python writes it. */
  static String repr(String expression, String variables) {
    return Python.repr(evaluate(expression, scope(variables)));
  }

  static String file(String text, String variables) {
    return ENGINE.renderText(text, origin(text), scope(variables), TextOptions.DEFAULT);
  }
}
