package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Position;
import java.util.List;
import java.util.Optional;

/**
 * A machine to work on. Immutable.
 *
 * @param name by which it is known; where to connect is for its variables to say
 * @param position where it is first named; empty for the implicit localhost and for hosts that were
 *     added during a run
 * @param inventoryFile the path of the file in which it is first named, or the list of names on the
 *     command line: what a playbook sees as {@code inventory_file}; empty as the position is
 * @param groups all groups that it belongs to, directly or not, in order of precedence: {@code all}
 *     first, then by depth, by {@code ansible_group_priority}, by name
 * @param vars all its variables, lowest precedence first: what a later set defines replaces what an
 *     earlier one does
 */
public record Host(
    String name,
    Optional<Position> position,
    Optional<String> inventoryFile,
    List<String> groups,
    List<VarSet> vars) {
  public Host {
    groups = List.copyOf(groups);
    vars = List.copyOf(vars);
  }

  /** What a playbook sees as {@code group_names}: sorted, without {@code all}. */
  public List<String> groupNames() {
    return groups.stream().filter(g -> !g.equals("all")).sorted().toList();
  }

  /**
   * What a playbook sees as {@code inventory_dir}: the folder of the file in which it is first
   * named; empty for a host that stands in no file.
   */
  public Optional<String> inventoryDir() {
    return inventoryFile.filter(f -> f.startsWith("/")).map(f -> f.substring(0, lastSlash(f)));
  }

  private static int lastSlash(String path) {
    return Math.max(1, path.lastIndexOf('/'));
  }

  /** The definition of a variable that wins. */
  public Optional<VarDefinition> variable(String variable) {
    for (int i = vars.size() - 1; i >= 0; i--) {
      VarSet set = vars.get(i);
      if (set.variables().containsKey(variable)) {
        return Optional.of(
            new VarDefinition(variable, set.variables().get(variable), set.origin()));
      }
    }
    return Optional.empty();
  }

  /** The name: a host stands for itself in messages. */
  @Override
  public String toString() {
    return name;
  }
}
