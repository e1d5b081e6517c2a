package dev.molt.dsl.vars;

import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One place that defines variables, such as a play's {@code vars}. Either nodes, which are
 * evaluated when they are used, or values, which never are. Immutable.
 *
 * @param label where it comes from, for people, such as {@code play vars}
 */
public record Layer(String label, Map<String, Node> nodes, Map<String, Value> values) {
  public static Layer ofNodes(String label, Map<String, Node> nodes) {
    return new Layer(
        label, Collections.unmodifiableMap(new LinkedHashMap<>(nodes)), Collections.emptyMap());
  }

  public static Layer ofNodes(String label, MappingNode mapping) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    mapping.entries().forEach(e -> nodes.put(e.key().text(), e.value()));
    return ofNodes(label, nodes);
  }

  /** A view of the map, which may change later. */
  public static Layer ofValues(String label, Map<String, Value> values) {
    return new Layer(label, Collections.emptyMap(), Collections.unmodifiableMap(values));
  }

  Optional<Node> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  Optional<Value> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Collection<String> names() {
    return nodes.isEmpty() ? values.keySet() : nodes.keySet();
  }
}
