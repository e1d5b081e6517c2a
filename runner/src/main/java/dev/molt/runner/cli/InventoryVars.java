package dev.molt.runner.cli;

import dev.molt.dsl.inventory.Group;
import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.Origin.Level;
import dev.molt.dsl.inventory.VarSet;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.NodeValues;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables of hosts and groups as they were written: templates are not evaluated, and what was
 * written encrypted is not shown, unless it is asked for.
 */
final class InventoryVars {
  private static final String MASK = "********";

  /** What the engine sets, as Ansible's list of these has it. */
  private static final Set<String> INTERNAL =
      Set.of(
          "ansible_async_path",
          "ansible_collection_name",
          "ansible_config_file",
          "ansible_dependent_role_names",
          "ansible_diff_mode",
          "ansible_facts",
          "ansible_forks",
          "ansible_inventory_sources",
          "ansible_limit",
          "ansible_play_batch",
          "ansible_play_hosts",
          "ansible_play_hosts_all",
          "ansible_play_role_names",
          "ansible_playbook_python",
          "ansible_role_name",
          "ansible_role_names",
          "ansible_run_tags",
          "ansible_skip_tags",
          "ansible_verbosity",
          "ansible_version",
          "group_names",
          "groups",
          "hostvars",
          "inventory_dir",
          "inventory_file",
          "inventory_hostname",
          "inventory_hostname_short",
          "omit",
          "play_hosts",
          "playbook_dir",
          "role_name",
          "role_names",
          "role_path",
          "role_uuid");

  /** What an encrypted value and one that is no template are shown as. */
  enum Form {
    /** As Ansible's JSON has them: {@code {"__ansible_vault": ...}}, {@code __ansible_unsafe}. */
    JSON,
    /** {@code !vault} and a plain text. */
    YAML,
    /** For people. */
    TEXT
  }

  private final Inventory inventory;
  private final Form form;
  private final boolean export;
  private final List<Layer> extraVars;
  private final VaultSecrets vault;
  private final boolean showSecrets;

  /**
   * @param export whether a host's variables are only its own, and not its groups', too
   * @param extraVars strongest first
   */
  InventoryVars(
      Inventory inventory,
      Form form,
      boolean export,
      List<Layer> extraVars,
      VaultSecrets vault,
      boolean showSecrets) {
    this.inventory = inventory;
    this.form = form;
    this.export = export;
    this.extraVars = extraVars;
    this.vault = vault;
    this.showSecrets = showSecrets;
  }

  MapValue of(Host host) {
    Map<String, Value> vars = new TreeMap<>();
    for (VarSet set : host.vars()) {
      if (!export || set.origin().level().compareTo(Level.INVENTORY_HOST) >= 0) {
        put(set.variables(), vars);
      }
    }
    for (int i = extraVars.size() - 1; i >= 0 && !export; i--) {
      put(extraVars.get(i).nodes(), vars);
    }
    return shown(vars);
  }

  MapValue of(Group group) {
    Map<String, Value> vars = new TreeMap<>();
    inventory.varsOf(group.name()).forEach(set -> put(set.variables(), vars));
    if (group.priority() != 1) {
      vars.put("ansible_group_priority", Value.of(group.priority()));
    }
    return shown(vars);
  }

  private void put(Map<String, Node> nodes, Map<String, Value> into) {
    nodes.forEach((name, node) -> into.put(name, value(node)));
  }

  private static MapValue shown(Map<String, Value> vars) {
    vars.keySet().removeAll(INTERNAL);
    return MapValue.ofStrings(vars);
  }

  private Value value(Node node) {
    if (node instanceof SequenceNode list) {
      List<Value> items = new ArrayList<>();
      list.items().forEach(item -> items.add(value(item)));
      return new ListValue(items);
    } else if (node instanceof MappingNode map) {
      MapValue entries = MapValue.empty();
      map.entries().forEach(e -> entries.entries().put(key(e.key()), value(e.value())));
      return entries;
    }
    return scalar((ScalarNode) node);
  }

  /** The keys of JSON are texts, whatever they were. */
  private Value key(ScalarNode key) {
    return form == Form.YAML ? key.value() : new StrValue(Python.str(key.value()));
  }

  private Value scalar(ScalarNode node) {
    Position at = node.position();
    if (node.isVault()) {
      return showSecrets
          ? new StrValue(vault.value(node.text(), node.origin()).text())
          : encrypted(node.text());
    }
    boolean hidden = at.source().isConfidential() && !showSecrets;
    if (node.value() instanceof StrValue text) {
      return text(node, text, hidden || (text.secret() && !showSecrets));
    }
    return hidden ? new StrValue(MASK) : node.value();
  }

  private Value text(ScalarNode node, StrValue text, boolean hidden) {
    if (hidden) {
      return text.ciphertext() != null ? encrypted(text.ciphertext()) : new StrValue(MASK);
    }
    // What an expression gave is plain unless whoever reads it would take it for a template.
    boolean marked =
        node.isUnsafe() && (!NodeValues.isFixed(node) || TemplateEngine.isTemplate(text.text()));
    return marked && form == Form.JSON
        ? MapValue.empty().put("__ansible_unsafe", new StrValue(text.text()))
        : new StrValue(text.text());
  }

  private Value encrypted(String ciphertext) {
    return switch (form) {
      case JSON -> MapValue.empty().put("__ansible_vault", new StrValue(ciphertext));
      case YAML -> StrValue.encrypted(ciphertext);
      case TEXT -> new StrValue(MASK);
    };
  }
}
