package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a statement stands: its keywords, and those of the blocks and the play around it.
 * Immutable.
 *
 * @param outer null for the play itself
 */
record Frame(Keywords keywords, Frame outer) {
  Frame within(Keywords inner) {
    return new Frame(inner, this);
  }

  /** The innermost setting of a keyword that is inherited. */
  Optional<Node> find(String keyword) {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      Optional<Node> node = frame.keywords.get(keyword);
      if (node.isPresent()) {
        return node;
      }
    }
    return Optional.empty();
  }

  /** All settings of a keyword that adds up, outermost first. */
  List<Node> all(String keyword) {
    List<Node> nodes = new ArrayList<>();
    for (Frame frame = this; frame != null; frame = frame.outer) {
      frame.keywords.get(keyword).ifPresent(n -> nodes.add(0, n));
    }
    return nodes;
  }

  /** The tags of the statement and of all around it. */
  Set<String> tags() {
    Set<String> tags = new LinkedHashSet<>();
    for (Node node : all("tags")) {
      List<Node> items = node instanceof SequenceNode s ? s.items() : List.of(node);
      for (Node item : items) {
        if (item instanceof ScalarNode scalar) {
          for (String tag : scalar.text().split(",", -1)) {
            tags.add(tag.strip());
          }
        }
      }
    }
    tags.remove("");
    return tags;
  }

  /** The {@code vars} of blocks and task, innermost first; the play's own are not among them. */
  List<MappingNode> vars() {
    List<MappingNode> vars = new ArrayList<>();
    for (Frame frame = this; frame.outer != null; frame = frame.outer) {
      frame
          .keywords
          .get("vars")
          .ifPresent(
              n -> {
                if (n instanceof MappingNode mapping) {
                  vars.add(mapping);
                }
              });
    }
    return vars;
  }
}
