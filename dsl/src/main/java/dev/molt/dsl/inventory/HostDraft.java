package dev.molt.dsl.inventory;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.NodeValues;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host while it grows. Not thread-safe. */
final class HostDraft {
  final String name;
  Optional<Position> position;

  /** Whether nobody listed it: this machine, which a task put into a group. */
  final boolean implicit;

  /** The path or the list of names in which it was first met. */
  final Optional<String> file;

  /** The groups that it is directly in, as written: {@code ungrouped} may be wrong. */
  final Set<String> memberOf;

  final Map<Source, Map<String, Node>> vars;

  HostDraft(String name, Optional<Position> position, boolean implicit, Optional<String> file) {
    this.name = name;
    this.position = position;
    this.implicit = implicit;
    this.file = file;
    this.memberOf = new LinkedHashSet<>();
    this.vars = new LinkedHashMap<>();
  }

  /** A copy, to change. */
  HostDraft(HostDraft other) {
    this.name = other.name;
    this.position = other.position;
    this.implicit = other.implicit;
    this.file = other.file;
    this.memberOf = new LinkedHashSet<>(other.memberOf);
    this.vars = new LinkedHashMap<>();
    other.vars.forEach((source, of) -> vars.put(source, new LinkedHashMap<>(of)));
  }

  /** Whether a variable has this value already. */
  boolean defines(String variable, Value value) {
    Node last = null;
    for (Map<String, Node> of : vars.values()) {
      last = of.getOrDefault(variable, last);
    }
    try {
      return last != null && NodeValues.plain(last).equals(value);
    } catch (DiagnosticException e) {
      return false; // It is encrypted, and may be anything.
    }
  }

  /** Whether it is in a group that somebody made. */
  boolean grouped() {
    for (String group : memberOf) {
      if (!group.equals(InventoryBuilder.ALL) && !group.equals(InventoryBuilder.UNGROUPED)) {
        return true;
      }
    }
    return false;
  }
}
