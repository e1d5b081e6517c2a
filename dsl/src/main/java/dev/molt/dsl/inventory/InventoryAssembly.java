package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.InventoryBuilder.GroupDraft;
import dev.molt.dsl.inventory.InventoryBuilder.HostDraft;
import dev.molt.dsl.inventory.Origin.Level;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes an inventory of what was gathered: who is in which group, and whose variables win. */
final class InventoryAssembly {
  private final InventoryBuilder draft;
  private final GroupTree tree;
  private final Map<VarSetKey, List<VarSet>> shared = new HashMap<>();

  /** Variables of a group are the same for all its hosts. */
  private record VarSetKey(Level level, String subject) {}

  InventoryAssembly(InventoryBuilder draft) {
    this.draft = draft;
    this.tree = new GroupTree(draft);
  }

  Inventory assemble() {
    Map<String, Group> groups = new LinkedHashMap<>();
    Map<String, Set<String>> groupsOfHost = new HashMap<>();
    for (GroupDraft group : draft.groups.values()) {
      List<String> members = new ArrayList<>(tree.hostsOf(group.name));
      members.forEach(h -> groupsOfHost.computeIfAbsent(h, k -> new HashSet<>()).add(group.name));
      groups.put(
          group.name,
          new Group(
              group.name,
              group.position,
              tree.depth(group.name),
              tree.priority(group.name),
              List.copyOf(tree.children(group.name)),
              members));
    }
    Map<String, Host> hosts = new LinkedHashMap<>();
    for (String name : groups.get(InventoryBuilder.ALL).hosts()) {
      HostDraft host = draft.hosts.get(name);
      List<String> of = sorted(groupsOfHost.get(name));
      hosts.put(name, new Host(name, host.position, of, variables(host, of)));
    }
    draft.problems.throwIfErrors();
    return new Inventory(draft, hosts, groups, draft.sources, warnings(hosts, groups));
  }

  private List<Diagnostic> warnings(Map<String, Host> hosts, Map<String, Group> groups) {
    Diagnostics warnings = new Diagnostics();
    draft.warnings.forEach(warnings::add);
    for (Group group : groups.values()) {
      if (hosts.containsKey(group.name()) && group.position().isPresent()) {
        warnings.add(
            Diagnostic.warning(
                    group.position().get(),
                    "'" + group.name() + "' is the name of a group and of a host")
                .withHint("in a host pattern the name means the group"));
      }
    }
    for (VarsDirectory directory : draft.varsDirectories) {
      directory.strangers(hosts.keySet(), groups.keySet()).forEach(warnings::add);
    }
    return warnings.all();
  }

  Host implicitLocal(String name) {
    HostDraft host = new HostDraft(name, Optional.empty());
    Source nowhere = Source.inline("implicit " + name, "ansible_connection=local");
    Position position = nowhere.at(0, 1);
    ScalarNode local =
        new ScalarNode(
            position,
            "local",
            new StrValue("local"),
            ScalarNode.Style.PLAIN,
            "",
            (offset, length) -> position);
    host.vars.put(nowhere, Map.<String, Node>of("ansible_connection", local));
    List<VarSet> variables = variables(host, List.of());
    draft.problems.throwIfErrors();
    return new Host(name, Optional.empty(), List.of(), variables);
  }

  private List<String> sorted(Set<String> names) {
    Comparator<String> order =
        Comparator.<String>comparingInt(tree::depth)
            .thenComparingInt(tree::priority)
            .thenComparing(Comparator.naturalOrder());
    return names.stream().sorted(order).toList();
  }

  private List<VarSet> variables(HostDraft host, List<String> groups) {
    String all = InventoryBuilder.ALL;
    List<String> others = groups.stream().filter(g -> !g.equals(all)).toList();
    List<VarSet> sets = new ArrayList<>();
    sets.addAll(inventoryVars(Level.INVENTORY_ALL, all));
    others.forEach(g -> sets.addAll(inventoryVars(Level.INVENTORY_GROUP, g)));
    sets.addAll(files(Level.GROUP_VARS_ALL_INVENTORY, List.of(all)));
    sets.addAll(files(Level.GROUP_VARS_ALL_PLAYBOOK, List.of(all)));
    sets.addAll(files(Level.GROUP_VARS_INVENTORY, others));
    sets.addAll(files(Level.GROUP_VARS_PLAYBOOK, others));
    sets.addAll(InventoryBuilder.sets(Level.INVENTORY_HOST, host.name, host.vars));
    sets.addAll(files(Level.HOST_VARS_INVENTORY, List.of(host.name)));
    sets.addAll(files(Level.HOST_VARS_PLAYBOOK, List.of(host.name)));
    return sets;
  }

  private List<VarSet> inventoryVars(Level level, String group) {
    return shared.computeIfAbsent(
        new VarSetKey(level, group),
        key -> InventoryBuilder.sets(level, group, draft.groups.get(group).vars));
  }

  /** Of several inventories the later one's files win, whatever the group. */
  private List<VarSet> files(Level level, List<String> subjects) {
    List<VarSet> sets = new ArrayList<>();
    for (VarsDirectory directory : draft.varsDirectories) {
      for (String subject : subjects) {
        try {
          sets.addAll(directory.read(level, subject));
        } catch (DiagnosticException e) {
          draft.problems.addAll(e);
        }
      }
    }
    return sets;
  }
}
