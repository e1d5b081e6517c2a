package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of {@code keyed_groups}: groups named after the value of an expression.
 *
 * @param parent what the groups are put into; may be a template
 */
record KeyedGroup(
    Position position,
    ScalarNode key,
    String prefix,
    String separator,
    Optional<ScalarNode> parent,
    Optional<String> defaultValue,
    boolean trailingSeparator) {
  private static final List<String> KEYS =
      List.of("key", "prefix", "separator", "parent_group", "default_value", "trailing_separator");

  static KeyedGroup parse(Node node, Diagnostics problems) {
    PluginOptions options =
        new PluginOptions(Nodes.requireMapping(node, "a keyed group"), "a keyed group");
    options.check(KEYS, problems);
    Optional<String> defaultValue = options.scalar("default_value").map(ScalarNode::text);
    Optional<Boolean> trailing = options.flag("trailing_separator");
    if (defaultValue.isPresent() && trailing.isPresent()) {
      throw Diagnostic.error(
              options.position(), "a keyed group has default_value or trailing_separator, not both")
          .asException();
    }
    return new KeyedGroup(
        options.position(),
        options.required("key"),
        options.scalar("prefix").map(ScalarNode::text).orElse(""),
        options.scalar("separator").map(ScalarNode::text).orElse("_"),
        options.scalar("parent_group"),
        defaultValue,
        trailing.orElse(true));
  }

  /**
   * The names of the groups that a value stands for.
   *
   * @param leadingSeparator whether a name without a prefix begins with the separator
   * @return none for a value that stands for nothing
   * @throws dev.molt.dsl.source.DiagnosticException for a value that cannot name groups
   */
  List<String> names(Value value, boolean leadingSeparator) {
    String lead = prefix.isEmpty() && !leadingSeparator ? "" : prefix + separator;
    return bareNames(value).stream().map(n -> GroupNames.replaced(lead + n)).toList();
  }

  private List<String> bareNames(Value value) {
    if (isEmpty(value)) {
      return defaultValue.map(List::of).orElse(List.of());
    } else if (!Truth.of(value)) {
      return List.of();
    } else if (value instanceof StrValue text) {
      return List.of(text.text());
    }
    List<String> names = new ArrayList<>();
    if (value instanceof ListValue list) {
      for (Value item : list.items()) {
        names.add(isEmpty(item) ? defaultValue.orElse(Python.str(item)) : Python.str(item));
      }
    } else if (value instanceof MapValue map) {
      map.entries().forEach((name, item) -> names.add(pair(Python.str(name), item)));
    } else {
      throw Diagnostic.error(
              key.position(),
              "the key of a keyed group gives %s, not a text, a list or a mapping"
                  .formatted(Python.typeName(value)))
          .withHint("make it a text: " + key.text() + " | string")
          .asException();
    }
    return names;
  }

  private String pair(String name, Value value) {
    if (isEmpty(value) && defaultValue.isPresent()) {
      return name + separator + defaultValue.get();
    }
    return isEmpty(value) && !trailingSeparator ? name : name + separator + Python.str(value);
  }

  private static boolean isEmpty(Value value) {
    return value instanceof NullValue || (value instanceof StrValue s && s.text().isEmpty());
  }
}
