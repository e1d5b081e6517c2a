package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A group while it grows. Not thread-safe. */
final class GroupDraft {
  final String name;
  Optional<Position> position;
  int priority = 1;

  /** Groups directly within, and where each was named as such. */
  final Map<String, Optional<Position>> children;

  final Set<String> parents;

  /** Hosts directly within. */
  final Set<String> hosts;

  final Map<Source, Map<String, Node>> vars;

  GroupDraft(String name, Optional<Position> position) {
    this.name = name;
    this.position = position;
    this.children = new LinkedHashMap<>();
    this.parents = new LinkedHashSet<>();
    this.hosts = new LinkedHashSet<>();
    this.vars = new LinkedHashMap<>();
  }

  /** A copy, to change. */
  GroupDraft(GroupDraft other) {
    this.name = other.name;
    this.position = other.position;
    this.priority = other.priority;
    this.children = new LinkedHashMap<>(other.children);
    this.parents = new LinkedHashSet<>(other.parents);
    this.hosts = new LinkedHashSet<>(other.hosts);
    this.vars = new LinkedHashMap<>();
    other.vars.forEach((source, of) -> vars.put(source, new LinkedHashMap<>(of)));
  }
}
