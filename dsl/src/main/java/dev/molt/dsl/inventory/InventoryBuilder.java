package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.Origin.Level;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers what the sources say, in their order. One for one inventory; not thread-safe. */
final class InventoryBuilder {
  static final String ALL = "all";
  static final String UNGROUPED = "ungrouped";

  /** A group while it grows; a child's value is where it was named as such. */
  static final class GroupDraft {
    final String name;
    Optional<Position> position;
    final Map<String, Optional<Position>> children = new LinkedHashMap<>();
    final Set<String> hosts = new LinkedHashSet<>();
    final Map<Source, Map<String, Node>> vars = new LinkedHashMap<>();

    GroupDraft(String name, Optional<Position> position) {
      this.name = name;
      this.position = position;
    }
  }

  /** A host while it grows. */
  static final class HostDraft {
    final String name;
    Optional<Position> position;
    final Map<Source, Map<String, Node>> vars = new LinkedHashMap<>();

    HostDraft(String name, Optional<Position> position) {
      this.name = name;
      this.position = position;
    }
  }

  final Map<String, GroupDraft> groups = new LinkedHashMap<>();
  final Map<String, HostDraft> hosts = new LinkedHashMap<>();
  final List<VarsDirectory> varsDirectories = new ArrayList<>();
  final List<String> sources = new ArrayList<>();
  final List<Diagnostic> warnings = new ArrayList<>();
  final Diagnostics problems = new Diagnostics();

  InventoryBuilder() {
    group(ALL, Optional.empty());
    group(UNGROUPED, Optional.empty());
  }

  /** A copy, to add to. */
  InventoryBuilder(InventoryBuilder other) {
    other.groups.forEach(
        (name, group) -> {
          GroupDraft copy = group(name, group.position);
          copy.children.putAll(group.children);
          copy.hosts.addAll(group.hosts);
          group.vars.forEach((source, vars) -> copy.vars.put(source, new LinkedHashMap<>(vars)));
        });
    other.hosts.forEach(
        (name, host) ->
            host.vars.forEach(
                (source, vars) ->
                    host(name, host.position).vars.put(source, new LinkedHashMap<>(vars))));
    other.hosts.forEach((name, host) -> host(name, host.position));
    varsDirectories.addAll(other.varsDirectories);
    sources.addAll(other.sources);
    warnings.addAll(other.warnings);
  }

  GroupDraft group(String name, Optional<Position> position) {
    GroupDraft group = groups.computeIfAbsent(name, n -> new GroupDraft(n, position));
    if (group.position.isEmpty()) {
      group.position = position;
    }
    return group;
  }

  HostDraft host(String name, Optional<Position> position) {
    HostDraft host = hosts.computeIfAbsent(name, n -> new HostDraft(n, position));
    if (host.position.isEmpty()) {
      host.position = position;
    }
    return host;
  }

  void addHost(String group, String host) {
    groups.get(group).hosts.add(host);
  }

  void addChild(String parent, String child, Optional<Position> position) {
    groups.get(parent).children.putIfAbsent(child, position);
  }

  /** Variables of one source; of two definitions of a name there, the later one counts. */
  static void define(Map<Source, Map<String, Node>> vars, Source source, String name, Node value) {
    vars.computeIfAbsent(source, s -> new LinkedHashMap<>()).put(name, value);
  }

  Inventory build() {
    return new InventoryAssembly(this).assemble();
  }

  /** A localhost that nobody wrote down. */
  Host implicitLocal(String name) {
    return new InventoryAssembly(this).implicitLocal(name);
  }

  static List<VarSet> sets(Level level, String subject, Map<Source, Map<String, Node>> vars) {
    return vars.entrySet().stream()
        .map(e -> new VarSet(new Origin(level, subject, Optional.of(e.getKey())), e.getValue()))
        .toList();
  }
}
