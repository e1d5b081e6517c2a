package dev.molt.runner.engine;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mappings that add up, key by key, deep; all else is replaced. */
final class Merged {
  private Merged() {}

  static Node of(Node before, Node more) {
    if (!(before instanceof MappingNode a) || !(more instanceof MappingNode b)) {
      return more;
    }
    Map<String, MappingNode.Entry> entries = new LinkedHashMap<>();
    a.entries().forEach(e -> entries.put(e.key().text(), e));
    for (MappingNode.Entry entry : b.entries()) {
      entries.merge(
          entry.key().text(),
          entry,
          (x, y) -> new MappingNode.Entry(y.key(), of(x.value(), y.value())));
    }
    return new MappingNode(b.position(), new ArrayList<>(entries.values()));
  }

  static MappingNode mapping(Position at, Map<String, Node> nodes) {
    List<MappingNode.Entry> entries = new ArrayList<>();
    nodes.forEach((k, v) -> entries.add(new MappingNode.Entry(ScalarNode.made(at, k), v)));
    return new MappingNode(at, entries);
  }
}
