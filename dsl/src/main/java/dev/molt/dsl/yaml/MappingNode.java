package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Position;
import java.util.List;
import java.util.Optional;

/** A mapping, in the order in which it was written; merge keys ({@code <<}) are already merged. */
public record MappingNode(Position position, List<Entry> entries) implements Node {
  public MappingNode {
    entries = List.copyOf(entries);
  }

  /** A key with its value. Keys are scalars: Ansible has no use for others. */
  public record Entry(ScalarNode key, Node value) {}

  /** The entry with this key text, if there is one. */
  public Optional<Entry> entry(String key) {
    return entries.stream().filter(e -> e.key().text().equals(key)).findFirst();
  }

  public Optional<Node> get(String key) {
    return entry(key).map(Entry::value);
  }

  @Override
  public String kind() {
    return "a mapping";
  }
}
