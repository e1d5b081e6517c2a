package dev.molt.dsl.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which group lies in which. Immutable: it does not follow what its drafts become. */
final class GroupTree {
  private final Map<String, List<String>> children = new LinkedHashMap<>();
  private final Map<String, Set<String>> parents = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private final Map<String, Integer> priorities = new HashMap<>();
  private final Comparator<String> precedence =
      Comparator.<String>comparingInt(this::depth)
          .thenComparingInt(this::priority)
          .thenComparing(Comparator.naturalOrder());

  private GroupTree(Map<String, GroupDraft> groups) {
    groups.forEach(
        (name, group) -> {
          children.put(name, new ArrayList<>(group.children.keySet()));
          parents.put(name, new LinkedHashSet<>(group.parents));
          priorities.put(name, group.priority);
        });
  }

  /**
   * These groups and all that they lie in while sources are still being read, lowest precedence
   * first. What lies in {@code all} only because it lies in nothing else does not do so yet.
   */
  static List<String> aroundNow(Map<String, GroupDraft> groups, Set<String> direct) {
    Map<String, GroupDraft> some = new LinkedHashMap<>();
    Deque<String> left = new ArrayDeque<>(direct);
    while (!left.isEmpty()) {
      GroupDraft group = groups.get(left.pop());
      if (some.putIfAbsent(group.name, group) == null) {
        left.addAll(group.parents);
      }
    }
    return new GroupTree(some).measured().around(direct);
  }

  /** The groups as they are in the end, when none lies in no other. */
  static GroupTree complete(Map<String, GroupDraft> groups) {
    return new GroupTree(groups).measured();
  }

  /** How a group would come to lie within itself; empty where it would not. */
  static Optional<String> circle(Map<String, GroupDraft> groups, String parent, String child) {
    List<String> way = new ArrayList<>();
    if (child.equals(InventoryBuilder.ALL)) {
      way.add(parent);
      while (!groups.get(way.get(0)).parents.isEmpty()) {
        way.add(0, groups.get(way.get(0)).parents.iterator().next());
      }
      if (!way.get(0).equals(InventoryBuilder.ALL)) {
        way.add(0, InventoryBuilder.ALL);
      }
    } else {
      way.addAll(way(groups, child, parent));
    }
    return way.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" -> ", way) + " -> " + child);
  }

  /** The shortest way down from one group to another; empty where there is none. */
  private static List<String> way(Map<String, GroupDraft> groups, String from, String to) {
    Map<String, String> cameFrom = new HashMap<>(Map.of(from, from));
    Deque<String> left = new ArrayDeque<>(List.of(from));
    while (!left.isEmpty() && !cameFrom.containsKey(to)) {
      String group = left.pop();
      for (String child : groups.get(group).children.keySet()) {
        if (cameFrom.putIfAbsent(child, group) == null) {
          left.add(child);
        }
      }
    }
    List<String> way = new ArrayList<>();
    for (String at = to; cameFrom.containsKey(at); at = cameFrom.get(at)) {
      way.add(0, at);
      if (at.equals(from)) {
        return way;
      }
    }
    return List.of();
  }

  List<String> children(String group) {
    return children.get(group);
  }

  /** How far below the top, by the longest way. */
  int depth(String group) {
    return depths.get(group);
  }

  int priority(String group) {
    return priorities.get(group);
  }

  /** A group is measured when all that it lies in are; drafts hold no circles. */
  private GroupTree measured() {
    Map<String, Integer> missing = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    parents.forEach(
        (group, of) -> {
          depths.put(group, 0);
          missing.put(group, of.size());
          if (of.isEmpty()) {
            ready.add(group);
          }
        });
    while (!ready.isEmpty()) {
      String group = ready.pop();
      for (String child : children.get(group)) {
        depths.merge(child, depths.get(group) + 1, Math::max);
        if (missing.merge(child, -1, Integer::sum) == 0) {
          ready.add(child);
        }
      }
    }
    return this;
  }

  /** These groups and all that they lie in, lowest precedence first. */
  List<String> around(Set<String> groups) {
    Set<String> found = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(groups);
    while (!left.isEmpty()) {
      String group = left.pop();
      if (found.add(group)) {
        left.addAll(parents.get(group));
      }
    }
    List<String> sorted = new ArrayList<>(found);
    sorted.sort(precedence);
    return sorted;
  }

  /** A group and all that lie in it, level by level. */
  Set<String> within(String group) {
    Set<String> found = new LinkedHashSet<>();
    List<String> level = List.of(group);
    while (!level.isEmpty()) {
      List<String> next = new ArrayList<>();
      for (String each : level) {
        if (found.add(each)) {
          next.addAll(children.get(each));
        }
      }
      level = next;
    }
    return found;
  }
}
