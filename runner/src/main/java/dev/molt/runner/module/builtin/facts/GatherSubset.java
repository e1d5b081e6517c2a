package dev.molt.runner.module.builtin.facts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code gather_subset} asks for. */
final class GatherSubset {
  private GatherSubset() {}

  /**
   * The subsets, those that others need among them, in the order in which they are read.
   *
   * @param asked names of subsets or of single facts, {@code all}, {@code min}, each possibly after
   *     {@code !}
   * @throws IllegalArgumentException naming what could have been asked for, if a name that is to be
   *     gathered is not known
   */
  static Set<Subset> resolve(List<String> asked) {
    Set<String> valid = names(false);
    Set<String> minimal = names(true);
    Set<String> gathered = new HashSet<>(minimal);
    Set<String> excluded = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (String name : asked.isEmpty() ? List.of("all") : asked) {
      switch (name) {
        case "min" -> gathered.addAll(minimal);
        case "all" -> gathered.addAll(valid);
        case "!min" -> excluded.addAll(minimal);
        case "!all" -> valid.stream().filter(id -> !minimal.contains(id)).forEach(excluded::add);
        default -> {
          if (name.startsWith("!")) {
            excluded.add(name.substring(1));
            excluded.addAll(factsOf(name.substring(1)));
          } else if (valid.contains(name)) {
            gathered.add(name);
            named.add(name);
          } else {
            throw new IllegalArgumentException(
                "Bad subset '"
                    + name
                    + "' given to Ansible. gather_subset options allowed: all, "
                    + String.join(", ", new TreeSet<>(valid)));
          }
        }
      }
    }
    excluded.removeAll(named);
    gathered.removeAll(excluded);
    return withNeeds(gathered);
  }

  private static Set<Subset> withNeeds(Set<String> names) {
    Set<Subset> subsets = EnumSet.noneOf(Subset.class);
    for (Subset subset : Subset.values()) {
      if (names.contains(subset.id()) || subset.facts().stream().anyMatch(names::contains)) {
        subsets.add(subset);
        subsets.addAll(subset.needs());
      }
    }
    return subsets;
  }

  private static Set<String> names(boolean minimalOnly) {
    Set<String> names = new HashSet<>();
    for (Subset subset : Subset.values()) {
      if (subset.minimal()) {
        names.add(subset.id());
      } else if (!minimalOnly) {
        names.add(subset.id());
      }
      if (!minimalOnly) {
        names.addAll(subset.facts());
      }
    }
    return names;
  }

  private static List<String> factsOf(String id) {
    List<String> facts = new ArrayList<>();
    for (Subset subset : Subset.values()) {
      if (subset.id().equals(id)) {
        facts.addAll(subset.facts());
      }
    }
    return facts;
  }
}
