package dev.molt.dsl.playbook;

import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.stream.Collectors;

/** Nodes as texts that are equal where the nodes mean the same, wherever they stand. */
final class NodeText {
  private NodeText() {}

  static String of(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.tag() + scalar.kind() + ':' + scalar.text();
    } else if (node instanceof SequenceNode list) {
      return list.items().stream().map(NodeText::of).collect(Collectors.joining("\n", "[", "]"));
    }
    return ((MappingNode) node)
        .entries().stream()
            .map(e -> e.key().text() + '=' + of(e.value()))
            .sorted()
            .collect(Collectors.joining("\n", "{", "}"));
  }

  static String of(Keywords keywords, String... names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      keywords.get(name).ifPresent(n -> text.append(name).append('=').append(of(n)).append('\n'));
    }
    return text.toString();
  }
}
