package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values as if they had been written where a template gave them, so that they can be options. They
 * are marked {@code !unsafe}: what is a value is never evaluated again.
 */
final class WrittenValues {
  private WrittenValues() {}

  /** The options that a template gives. */
  static Optional<MappingNode> mapping(ScalarNode text, Templar templar, Variables variables) {
    Value value = templar.resolve(text, variables);
    if (value instanceof NullValue || value instanceof OmitValue) {
      return Optional.empty();
    } else if (value instanceof MapValue map) {
      return Optional.of((MappingNode) node(map, text.position()));
    }
    throw Diagnostic.error(
            text.position(), "this gives no mapping of options: " + Python.repr(value))
        .asException();
  }

  static Node node(Value value, Position at) {
    if (value instanceof MapValue map) {
      List<MappingNode.Entry> entries = new ArrayList<>();
      map.entries()
          .forEach(
              (k, v) ->
                  entries.add(
                      new MappingNode.Entry(ScalarNode.made(at, Python.str(k)), node(v, at))));
      return new MappingNode(at, entries);
    } else if (value instanceof ListValue list) {
      return new SequenceNode(at, list.items().stream().map(v -> node(v, at)).toList());
    }
    return new ScalarNode(
        at, Python.str(value), value, ScalarNode.Style.PLAIN, "!unsafe", (offset, length) -> at);
  }
}
