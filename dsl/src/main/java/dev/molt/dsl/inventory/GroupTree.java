package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.InventoryBuilder.GroupDraft;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which group lies in which. As in Ansible, a group in no other lies in {@code all}, and a host in
 * no other group but {@code all} lies in {@code ungrouped}.
 */
final class GroupTree {
  private final InventoryBuilder draft;
  private final Map<String, Set<String>> children = new LinkedHashMap<>();
  private final Map<String, Set<String>> hosts = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private final Map<String, Integer> priorities = new HashMap<>();

  GroupTree(InventoryBuilder draft) {
    this.draft = draft;
    draft.groups.forEach(
        (name, group) -> children.put(name, new LinkedHashSet<>(group.children.keySet())));
    adoptOrphans();
    refuseCycles();
    placeUngrouped();
    measureDepths();
  }

  Set<String> children(String group) {
    return children.get(group);
  }

  int depth(String group) {
    return depths.getOrDefault(group, 1);
  }

  int priority(String group) {
    return priorities.computeIfAbsent(group, this::readPriority);
  }

  private int readPriority(String group) {
    int priority = 1;
    for (Map<String, Node> vars : draft.groups.get(group).vars.values()) {
      Node node = vars.get("ansible_group_priority");
      if (node instanceof ScalarNode scalar && scalar.text().matches("[-+]?[0-9]{1,9}")) {
        priority = Integer.parseInt(scalar.text());
      } else if (node != null) {
        draft.problems.add(
            Diagnostic.error(node.position(), "ansible_group_priority has to be an integer"));
      }
    }
    return priority;
  }

  /** The hosts of a group, then those of its children, level by level. */
  Set<String> hostsOf(String group) {
    Set<String> found = new LinkedHashSet<>();
    Set<String> level = new LinkedHashSet<>(Set.of(group));
    Set<String> seen = new HashSet<>();
    while (!level.isEmpty()) {
      Set<String> next = new LinkedHashSet<>();
      for (String each : level) {
        if (seen.add(each)) {
          found.addAll(hosts.getOrDefault(each, draft.groups.get(each).hosts));
          next.addAll(children.get(each));
        }
      }
      level = next;
    }
    return found;
  }

  private void adoptOrphans() {
    Set<String> adopted = new HashSet<>();
    children.forEach((parent, of) -> adopted.addAll(of));
    Set<String> top = children.get(InventoryBuilder.ALL);
    Set<String> before = new LinkedHashSet<>(top);
    top.clear();
    top.add(InventoryBuilder.UNGROUPED);
    top.addAll(before);
    for (String name : draft.groups.keySet()) {
      if (!adopted.contains(name) && !name.equals(InventoryBuilder.ALL)) {
        top.add(name);
      }
    }
  }

  private void placeUngrouped() {
    Set<String> grouped = new HashSet<>();
    for (GroupDraft group : draft.groups.values()) {
      if (!group.name.equals(InventoryBuilder.ALL)
          && !group.name.equals(InventoryBuilder.UNGROUPED)) {
        grouped.addAll(group.hosts);
      }
    }
    Set<String> rest = new LinkedHashSet<>(draft.groups.get(InventoryBuilder.UNGROUPED).hosts);
    rest.addAll(draft.hosts.keySet());
    rest.removeAll(grouped);
    hosts.put(InventoryBuilder.UNGROUPED, rest);
  }

  private void measureDepths() {
    Map<String, Set<String>> parents = new HashMap<>();
    children.forEach(
        (parent, of) ->
            of.forEach(c -> parents.computeIfAbsent(c, k -> new HashSet<>()).add(parent)));
    children.keySet().forEach(group -> measure(group, parents));
  }

  private int measure(String group, Map<String, Set<String>> parents) {
    Integer known = depths.get(group);
    if (known != null) {
      return known;
    }
    int depth = 0;
    for (String parent : parents.getOrDefault(group, Set.of())) {
      depth = Math.max(depth, measure(parent, parents) + 1);
    }
    depths.put(group, depth);
    return depth;
  }

  private void refuseCycles() {
    Set<String> done = new HashSet<>();
    for (String group : children.keySet()) {
      walk(group, new LinkedHashSet<>(), done);
    }
    draft.problems.throwIfErrors();
  }

  private void walk(String group, Set<String> way, Set<String> done) {
    if (done.contains(group)) {
      return;
    }
    way.add(group);
    for (String child : children.get(group)) {
      if (way.contains(child)) {
        draft.problems.add(cycle(group, child, way));
      } else {
        walk(child, way, done);
      }
    }
    way.remove(group);
    done.add(group);
  }

  private Diagnostic cycle(String group, String child, Set<String> way) {
    List<String> chain = new ArrayList<>(way);
    chain = new ArrayList<>(chain.subList(chain.indexOf(child), chain.size()));
    chain.add(child);
    String message = "the group '" + child + "' lies within itself: " + String.join(" -> ", chain);
    Optional<Position> at = draft.groups.get(group).children.get(child);
    return at.map(p -> Diagnostic.error(p, message)).orElseGet(() -> Diagnostic.error(message));
  }
}
