package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The older spellings of loops, {@code with_items} and its like. */
final class LoopLookups {
  private static final Set<String> KNOWN = Set.of("with_items", "with_list", "with_dict");

  private LoopLookups() {}

  static List<Value> items(String keyword, Node node, Templar templar, Variables variables) {
    Value value = templar.resolve(node, variables);
    return switch (keyword) {
      case "with_items" -> flattened(value);
      case "with_list" -> value instanceof ListValue list ? list.items() : List.of(value);
      case "with_dict" -> pairs(node, value);
      default -> throw unknown(keyword, node.position()).orElseThrow().asException();
    };
  }

  /** What is wrong with the keyword itself. */
  static Optional<Diagnostic> unknown(String keyword, Position at) {
    return KNOWN.contains(keyword)
        ? Optional.empty()
        : Optional.of(
            Diagnostic.error(at, "the loop '" + keyword + "' is not supported")
                .withHint("write it as 'loop:' with filters, such as zip, product or subelements"));
  }

  /** Lists within the list are opened, one level deep. */
  private static List<Value> flattened(Value value) {
    List<Value> items = new ArrayList<>();
    for (Value item : value instanceof ListValue list ? list.items() : List.of(value)) {
      if (item instanceof ListValue inner) {
        items.addAll(inner.items());
      } else {
        items.add(item);
      }
    }
    return items;
  }

  private static List<Value> pairs(Node node, Value value) {
    if (!(value instanceof MapValue map)) {
      throw Diagnostic.error(node.position(), "with_dict takes a mapping").asException();
    }
    List<Value> pairs = new ArrayList<>();
    map.entries()
        .forEach(
            (k, v) -> {
              MapValue pair = MapValue.empty();
              pair.entries().put(new StrValue("key"), k);
              pair.entries().put(new StrValue("value"), v);
              pairs.add(pair);
            });
    return pairs;
  }
}
