package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.MappingNode.Entry;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.List;
import java.util.Optional;

/** The options in a mapping; one that is empty counts as not given. */
record PluginOptions(MappingNode mapping, String what) {
  /** Reports every option that {@code what} does not know. */
  void check(List<String> known, Diagnostics problems) {
    Nodes.checkKeys(mapping, what, known, problems);
  }

  Position position() {
    return mapping.position();
  }

  Optional<Node> node(String name) {
    return mapping.get(name).filter(n -> !Nodes.isNull(n));
  }

  boolean flag(String name, boolean otherwise) {
    return node(name).map(n -> flag(name, n)).orElse(otherwise);
  }

  Optional<Boolean> flag(String name) {
    return node(name).map(n -> flag(name, n));
  }

  private static boolean flag(String name, Node node) {
    ScalarNode scalar = Nodes.requireScalar(node, "'" + name + "'");
    return Truth.ofWord(scalar.text())
        .orElseThrow(
            () ->
                Diagnostic.error(scalar.position(), "'" + name + "' is true or false")
                    .asException());
  }

  Optional<ScalarNode> scalar(String name) {
    return node(name).map(n -> Nodes.requireScalar(n, "'" + name + "'"));
  }

  ScalarNode required(String name) {
    return scalar(name)
        .orElseThrow(
            () ->
                Diagnostic.error(mapping.position(), "'" + name + "' is missing in " + what)
                    .asException());
  }

  List<Entry> entries(String name) {
    return node(name)
        .map(n -> Nodes.requireMapping(n, "'" + name + "'").entries())
        .orElse(List.of());
  }

  List<Node> items(String name) {
    return node(name)
        .map(n -> Nodes.requireSequence(n, "'" + name + "'").items())
        .orElse(List.of());
  }
}
