package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Position;
import java.util.List;

public record SequenceNode(Position position, List<Node> items) implements Node {
  public SequenceNode {
    items = List.copyOf(items);
  }

  @Override
  public String kind() {
    return "a list";
  }
}
