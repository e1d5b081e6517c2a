package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Source;
import java.util.Optional;

/**
 * Where variables of hosts and groups were defined.
 *
 * @param subject the group or host that they belong to
 * @param source the file, or the command-line argument; empty for what no one wrote, as the
 *     connection of an implicit localhost
 */
public record Origin(Level level, String subject, Optional<Source> source) {
  /** The kinds of places, lowest precedence first, as Ansible orders them. */
  public enum Level {
    INVENTORY_ALL("inventory vars of all"),
    INVENTORY_GROUP("inventory vars of group %s"),
    GROUP_VARS_ALL_INVENTORY("group_vars/all beside the inventory"),
    GROUP_VARS_ALL_PLAYBOOK("group_vars/all beside the playbook"),
    GROUP_VARS_INVENTORY("group_vars/%s beside the inventory"),
    GROUP_VARS_PLAYBOOK("group_vars/%s beside the playbook"),
    INVENTORY_HOST("inventory vars of host %s"),
    HOST_VARS_INVENTORY("host_vars/%s beside the inventory"),
    HOST_VARS_PLAYBOOK("host_vars/%s beside the playbook");

    private final String words;

    Level(String words) {
      this.words = words;
    }
  }

  /** For people, such as {@code group_vars/web beside the playbook}. */
  public String label() {
    return level.words.replace("%s", subject);
  }
}
