package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a statement stands: its keywords, and those of the blocks, roles, includes and the play
 * around it. Immutable.
 *
 * @param role the role that begins here, or null
 * @param included what an include gives its tasks besides its {@code vars}, such as the item of its
 *     loop; null for all that is no include
 * @param task that begins here, or null
 * @param outer null for the play itself
 */
record Frame(Keywords keywords, Role role, Map<String, Value> included, Task task, Frame outer) {
  static Frame ofPlay(Keywords keywords) {
    return new Frame(keywords, null, null, null, null);
  }

  Frame within(Keywords inner) {
    return new Frame(inner, null, null, null, this);
  }

  Frame at(Task begun) {
    return new Frame(begun.keywords(), null, null, begun, this);
  }

  Frame inRole(Keywords inner, Role begun) {
    return new Frame(inner, begun, null, null, this);
  }

  /** For the tasks of an include: of its keywords only {@code vars} holds for them. */
  Frame including(Keywords vars, Map<String, Value> values) {
    return new Frame(vars, null, values, null, this);
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

  /** The roles around, innermost first. */
  List<Role> roles() {
    List<Role> roles = new ArrayList<>();
    for (Frame frame = this; frame != null; frame = frame.outer) {
      if (frame.role != null) {
        roles.add(frame.role);
      }
    }
    return roles;
  }

  Optional<Role> nearestRole() {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      if (frame.role != null) {
        return Optional.of(frame.role);
      }
    }
    return Optional.empty();
  }

  /** The tags of the statement and of all around it, as written. */
  List<Node> tagNodes() {
    List<Node> tags = new ArrayList<>();
    for (Node node : all("tags")) {
      tags.addAll(node instanceof SequenceNode s ? s.items() : List.of(node));
    }
    return tags;
  }

  /** The tags that hold no template. */
  Set<String> tags() {
    Set<String> tags = new LinkedHashSet<>();
    for (Node item : tagNodes()) {
      if (item instanceof ScalarNode scalar) {
        addTags(scalar.text(), tags);
      }
    }
    return tags;
  }

  static void addTags(String text, Set<String> tags) {
    for (String tag : text.split(",", -1)) {
      if (!tag.isBlank()) {
        tags.add(tag.strip());
      }
    }
  }

  /** The {@code vars} of blocks, imports and the task, innermost first. */
  List<Layer> vars() {
    List<Layer> vars = new ArrayList<>();
    for (Frame frame = this; frame.outer != null; frame = frame.outer) {
      if (frame.included == null) {
        frame.addVars("task and block vars", vars);
      }
    }
    return vars;
  }

  /** What includes give the tasks that they bring in, innermost first. */
  List<Layer> includeParams() {
    List<Layer> vars = new ArrayList<>();
    for (Frame frame = this; frame.outer != null; frame = frame.outer) {
      if (frame.included != null) {
        if (!frame.included.isEmpty()) {
          vars.add(Layer.ofValues("loop of an include", frame.included));
        }
        frame.addVars("include vars", vars);
      }
    }
    return vars;
  }

  private void addVars(String label, List<Layer> vars) {
    if (keywords.get("vars").orElse(null) instanceof MappingNode mapping) {
      vars.add(Layer.ofNodes(label, mapping));
    }
  }
}
