package dev.molt.runner.cli;

import dev.molt.dsl.inventory.Group;
import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An inventory in the shapes of {@code ansible-inventory}: as an inventory script prints it, as a
 * YAML inventory, as a tree. One for one listing; not thread-safe.
 */
final class InventoryListing {
  private static final String ALL = "all";

  private final Inventory inventory;
  private final InventoryVars vars;
  private final Map<String, Host> shown = new LinkedHashMap<>();
  private final boolean export;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> seenHosts = new HashSet<>();

  /**
   * @param hosts those to show
   * @param export whether variables stand where they were defined
   */
  InventoryListing(Inventory inventory, List<Host> hosts, InventoryVars vars, boolean export) {
    this.inventory = inventory;
    this.vars = vars;
    this.export = export;
    hosts.forEach(h -> shown.put(h.name(), h));
  }

  /** What {@code --list} gives. */
  MapValue script() {
    MapValue result = MapValue.empty();
    script(group(ALL), result);
    MapValue hostVars = MapValue.empty();
    for (Host host : shown.values()) {
      MapValue of = vars.of(host);
      if (!of.entries().isEmpty()) {
        hostVars.put(host.name(), of);
      }
    }
    return result.put("_meta", MapValue.empty().put("hostvars", hostVars));
  }

  private void script(Group group, MapValue into) {
    MapValue entry = MapValue.empty();
    if (!group.name().equals(ALL)) {
      List<String> hosts = group.ownHosts().stream().filter(shown::containsKey).toList();
      putUnlessEmpty(entry, "hosts", ListValue.ofStrings(hosts));
    }
    putUnlessEmpty(entry, "children", ListValue.ofStrings(group.children()));
    for (String child : group.children()) {
      if (seen.add(child)) {
        script(group(child), into);
      }
    }
    if (export) {
      putUnlessEmpty(entry, "vars", vars.of(group));
    }
    putUnlessEmpty(into, group.name(), entry);
  }

  /** What {@code --list --yaml} gives. */
  MapValue yaml() {
    MapValue result = MapValue.empty();
    yaml(group(ALL), result);
    return result;
  }

  private void yaml(Group group, MapValue into) {
    MapValue entry = MapValue.empty();
    MapValue children = MapValue.empty();
    for (String child : group.children()) {
      if (!seen.contains(child)) {
        yaml(group(child), children);
        seen.add(child);
      } else {
        children.put(child, MapValue.empty());
      }
    }
    putUnlessEmpty(entry, "children", children);
    if (!group.name().equals(ALL)) {
      MapValue hosts = MapValue.empty();
      for (String name : group.ownHosts()) {
        if (shown.containsKey(name)) {
          hosts.put(name, seenHosts.add(name) ? vars.of(shown.get(name)) : MapValue.empty());
        }
      }
      putUnlessEmpty(entry, "hosts", hosts);
    }
    if (export) {
      putUnlessEmpty(entry, "vars", vars.of(group));
    }
    putUnlessEmpty(into, group.name(), entry);
  }

  private static void putUnlessEmpty(MapValue into, String key, Value value) {
    boolean empty =
        value instanceof ListValue list
            ? list.items().isEmpty()
            : ((MapValue) value).entries().isEmpty();
    if (!empty) {
      into.put(key, value);
    }
  }

  /** What {@code --graph} gives. */
  String graph(Group top, boolean withVars) {
    List<String> lines = new ArrayList<>();
    graph(top, 0, withVars, lines);
    return String.join("\n", lines);
  }

  private void graph(Group group, int depth, boolean withVars, List<String> lines) {
    lines.add(branch("@" + group.name() + ":", depth));
    group.children().forEach(child -> graph(group(child), depth + 1, withVars, lines));
    if (!group.name().equals(ALL)) {
      for (String name : group.ownHosts()) {
        lines.add(branch(name, depth + 1));
        if (withVars) {
          leaves(vars.of(inventory.host(name).orElseThrow()), depth + 2, lines);
        }
      }
    }
    if (withVars) {
      leaves(vars.of(group), depth + 1, lines);
    }
  }

  private static void leaves(MapValue of, int depth, List<String> lines) {
    of.entries()
        .forEach(
            (name, value) ->
                lines.add(branch("{" + Python.str(name) + " = " + Python.str(value) + "}", depth)));
  }

  private static String branch(String text, int depth) {
    return depth == 0 ? text : "  |".repeat(depth) + "--" + text;
  }

  private Group group(String name) {
    return inventory.group(name).orElseThrow();
  }
}
