package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.Origin.Level;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.NodeValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The variables of hosts and groups, in the order of their precedence. What groups define is worked
 * out once for all hosts that are in the same groups. Thread-safe as long as the variables of
 * groups do not change.
 */
final class HostVars {
  private static final Map<String, Node> LOCAL = local();

  private final Map<String, GroupDraft> groups;
  private final List<VarsDirectory> directories;
  private final Map<List<String>, List<VarSet>> ofGroups = new ConcurrentHashMap<>();

  HostVars(Map<String, GroupDraft> groups, List<VarsDirectory> directories) {
    this.groups = groups;
    this.directories = directories;
  }

  private static Map<String, Node> local() {
    Position nowhere = Source.inline("implicit localhost", "ansible_connection=local").at(0, 1);
    return Map.of("ansible_connection", NodeValues.fixed(new StrValue("local"), nowhere));
  }

  /**
   * All variables of a host, lowest precedence first.
   *
   * @param around the groups that it is in
   * @param problems where what is wrong in files of variables goes
   */
  List<VarSet> ofHost(HostDraft host, List<String> around, Diagnostics problems) {
    List<VarSet> sets = new ArrayList<>(groupSets(around, problems));
    if (host.implicit) {
      sets.add(new VarSet(new Origin(Level.INVENTORY_HOST, host.name, Optional.empty()), LOCAL));
    }
    sets.addAll(sets(Level.INVENTORY_HOST, host.name, host.vars));
    sets.addAll(files(Level.HOST_VARS_INVENTORY, List.of(host.name), problems));
    sets.addAll(files(Level.HOST_VARS_PLAYBOOK, List.of(host.name), problems));
    return sets;
  }

  private List<VarSet> groupSets(List<String> around, Diagnostics problems) {
    List<VarSet> known = ofGroups.get(around);
    if (known != null) {
      return known;
    }
    List<String> all = around.stream().filter(g -> g.equals(InventoryBuilder.ALL)).toList();
    List<String> others = around.stream().filter(g -> !g.equals(InventoryBuilder.ALL)).toList();
    List<VarSet> sets = new ArrayList<>();
    all.forEach(g -> sets.addAll(inventoryVars(Level.INVENTORY_ALL, g)));
    others.forEach(g -> sets.addAll(inventoryVars(Level.INVENTORY_GROUP, g)));
    sets.addAll(files(Level.GROUP_VARS_ALL_INVENTORY, all, problems));
    sets.addAll(files(Level.GROUP_VARS_ALL_PLAYBOOK, all, problems));
    sets.addAll(files(Level.GROUP_VARS_INVENTORY, others, problems));
    sets.addAll(files(Level.GROUP_VARS_PLAYBOOK, others, problems));
    ofGroups.put(around, List.copyOf(sets));
    return sets;
  }

  /** All that a group itself defines, lowest precedence first. */
  List<VarSet> ofGroup(String group, Diagnostics problems) {
    boolean all = group.equals(InventoryBuilder.ALL);
    List<String> subject = List.of(group);
    List<VarSet> sets =
        new ArrayList<>(inventoryVars(all ? Level.INVENTORY_ALL : Level.INVENTORY_GROUP, group));
    Level inventory = all ? Level.GROUP_VARS_ALL_INVENTORY : Level.GROUP_VARS_INVENTORY;
    Level playbook = all ? Level.GROUP_VARS_ALL_PLAYBOOK : Level.GROUP_VARS_PLAYBOOK;
    sets.addAll(files(inventory, subject, problems));
    sets.addAll(files(playbook, subject, problems));
    return sets;
  }

  private List<VarSet> inventoryVars(Level level, String group) {
    return sets(level, group, groups.get(group).vars);
  }

  private static List<VarSet> sets(
      Level level, String subject, Map<Source, Map<String, Node>> vars) {
    List<VarSet> sets = new ArrayList<>(vars.size());
    vars.forEach(
        (source, of) -> sets.add(new VarSet(new Origin(level, subject, Optional.of(source)), of)));
    return sets;
  }

  /** Of several inventories the later one's files win, whatever the group. */
  private List<VarSet> files(Level level, List<String> subjects, Diagnostics problems) {
    List<VarSet> sets = new ArrayList<>();
    for (VarsDirectory directory : directories) {
      for (String subject : subjects) {
        try {
          sets.addAll(directory.read(level, subject));
        } catch (DiagnosticException e) {
          problems.addAll(e);
        }
      }
    }
    return sets;
  }
}
