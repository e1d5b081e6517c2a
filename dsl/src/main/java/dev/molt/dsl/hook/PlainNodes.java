package dev.molt.dsl.hook;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Objects of a script as if they had been written in YAML at the script's line. */
final class PlainNodes {
  private PlainNodes() {}

  /**
   * The node of an object.
   *
   * @throws dev.molt.dsl.value.ValueException for one that is no value
   */
  static Node of(Object object, Position at) {
    if (object instanceof Node node) {
      return node;
    } else if (object instanceof Map<?, ?> map) {
      List<MappingNode.Entry> entries = new ArrayList<>();
      map.forEach(
          (key, value) ->
              entries.add(
                  new MappingNode.Entry(ScalarNode.made(at, String.valueOf(key)), of(value, at))));
      return new MappingNode(at, entries);
    } else if (object instanceof Collection<?> items) {
      return new SequenceNode(at, items.stream().map(item -> of(item, at)).toList());
    }
    Value value = Plain.value(object);
    ScalarNode.Style style =
        value instanceof StrValue ? ScalarNode.Style.SINGLE_QUOTED : ScalarNode.Style.PLAIN;
    return new ScalarNode(at, Python.str(value), value, style, "", (offset, length) -> at);
  }
}
