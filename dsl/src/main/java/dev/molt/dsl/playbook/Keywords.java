package dev.molt.dsl.playbook;

import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keywords of a play, block or task, by name; their values are not yet evaluated. */
public record Keywords(Map<String, MappingNode.Entry> entries) {
  public static final Keywords NONE = new Keywords(Map.of());

  public Keywords {
    entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  static Keywords of(List<MappingNode.Entry> entries) {
    Map<String, MappingNode.Entry> byName = new LinkedHashMap<>();
    entries.forEach(e -> byName.put(e.key().text(), e));
    return new Keywords(byName);
  }

  public Optional<Node> get(String name) {
    return Optional.ofNullable(entries.get(name)).map(MappingNode.Entry::value);
  }

  public boolean has(String name) {
    return entries.containsKey(name);
  }
}
