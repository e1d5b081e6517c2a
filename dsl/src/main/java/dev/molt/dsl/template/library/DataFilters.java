package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Encodings;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import java.util.Base64;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;

/** JSON, YAML and Base64. */
final class DataFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.filter("to_json", Params.of("**"), "the value as JSON", this);
    to.filter("to_nice_json", Params.of("indent?", "sort_keys?", "**"), "as indented JSON", this);
    to.filter("tojson", Params.of("indent?"), "the value as JSON that is safe in HTML", this);
    to.filter("from_json", Params.of("**"), "the value that a JSON text stands for", this);
    to.filter("to_yaml", Params.of("default_flow_style?", "**"), "the value as YAML", this);
    to.filter("to_nice_yaml", Params.of("indent?", "**"), "the value as YAML in block style", this);
    to.filter("from_yaml", Params.NONE, "the value that a YAML text stands for", this);
    to.filter("from_yaml_all", Params.NONE, "the values of all YAML documents in a text", this);
    to.filter("b64encode", Params.of("encoding?"), "the text in Base64", this);
    to.filter("b64decode", Params.of("encoding?"), "the text that a Base64 text stands for", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "to_json" -> json(call, Json.Options.DEFAULT);
      case "to_nice_json" -> {
        Json.Options nice = Json.Options.NICE;
        yield json(
            call,
            new Json.Options(
                call.number(0, 4), call.flag(1, true), true, nice.itemSeparator(), ": "));
      }
      case "tojson" -> {
        int indent = call.number(0, -1);
        String text = Json.write(call.subject(), new Json.Options(indent, true, true, ", ", ": "));
        yield new StrValue(
            text.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("'", "\\u0027"));
      }
      case "from_json" -> Json.parse(call.text());
      case "to_yaml" -> yaml(call, call.given(0) ? Truth.of(call.arg(0)) : null, call.keywords());
      case "to_nice_yaml" -> {
        Map<String, Value> options = new java.util.LinkedHashMap<>(call.keywords());
        options.put("indent", call.arg(0, Value.of(4)));
        yield yaml(call, false, options);
      }
      case "from_yaml" ->
          call.subject() instanceof StrValue ? YamlText.read(call.text()) : call.subject();
      case "from_yaml_all" ->
          call.subject() instanceof StrValue ? YamlText.readAll(call.text()) : call.subject();
      case "b64encode" ->
          new StrValue(
              Base64.getEncoder().encodeToString(call.text().getBytes(Encodings.of(call.text(0)))));
      case "b64decode" -> decode(call);
      default -> throw Builtins.undeclared(name);
    };
  }

  private static Value json(Call call, Json.Options usual) {
    Map<String, Value> options = call.keywords();
    int indent = keyword(options, "indent", usual.indent());
    boolean sort = keyword(options, "sort_keys", usual.sortKeys() ? 1 : 0) != 0;
    boolean ascii = keyword(options, "ensure_ascii", 1) != 0;
    String item = usual.itemSeparator();
    String key = usual.keySeparator();
    if (options.get("separators") instanceof dev.molt.dsl.value.ListValue pair
        && pair.items().size() == 2) {
      item = Python.str(pair.items().get(0));
      key = Python.str(pair.items().get(1));
    }
    if (indent > 100) {
      throw call.error("an indent of " + indent + " is too large");
    }
    return new StrValue(
        Json.write(call.subject(), new Json.Options(indent, sort, ascii, item, key)));
  }

  private static Value yaml(Call call, Boolean flow, Map<String, Value> given) {
    DumperOptions options = new DumperOptions();
    options.setIndent(Math.max(2, Math.min(9, keyword(given, "indent", 2))));
    options.setWidth(keyword(given, "width", 80));
    options.setAllowUnicode(keyword(given, "allow_unicode", 1) != 0);
    options.setExplicitStart(keyword(given, "explicit_start", 0) != 0);
    options.setExplicitEnd(keyword(given, "explicit_end", 0) != 0);
    Value style = given.get("default_style");
    String mark = style == null || style instanceof NullValue ? "" : Python.str(style);
    DumperOptions.ScalarStyle scalars =
        switch (mark) {
          case "" -> DumperOptions.ScalarStyle.PLAIN;
          case "|" -> DumperOptions.ScalarStyle.LITERAL;
          case ">" -> DumperOptions.ScalarStyle.FOLDED;
          case "'" -> DumperOptions.ScalarStyle.SINGLE_QUOTED;
          case "\"" -> DumperOptions.ScalarStyle.DOUBLE_QUOTED;
          default -> throw call.error("there is no style '" + mark + "' of YAML");
        };
    boolean sort = keyword(given, "sort_keys", 1) != 0;
    boolean styled = scalars != DumperOptions.ScalarStyle.PLAIN;
    YamlText.Layout layout =
        new YamlText.Layout(
            (flow == null && styled) ? Boolean.FALSE : flow, sort, scalars, options);
    return new StrValue(YamlText.write(call.subject(), layout));
  }

  private static int keyword(Map<String, Value> options, String name, int otherwise) {
    Value value = options.get(name);
    if (value == null || value instanceof NullValue) {
      return otherwise;
    }
    java.math.BigInteger number = dev.molt.dsl.template.ops.Arithmetic.integer(value);
    return number.bitLength() < 31 ? number.intValue() : Integer.MAX_VALUE;
  }

  private static Value decode(Call call) {
    try {
      // Line breaks within are usual, and other characters are skipped as Python does.
      byte[] bytes = Base64.getMimeDecoder().decode(call.text());
      return new StrValue(new String(bytes, Encodings.of(call.text(0))));
    } catch (IllegalArgumentException e) {
      throw call.error("this is not Base64");
    }
  }
}
