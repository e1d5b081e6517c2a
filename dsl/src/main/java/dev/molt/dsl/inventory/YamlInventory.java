package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.MappingNode.Entry;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.List;
import java.util.Optional;

/** Reads one YAML inventory: groups, each with hosts, vars and children. */
final class YamlInventory {
  private static final List<String> KEYS = List.of("hosts", "vars", "children");

  private final InventoryBuilder builder;
  private final Source source;
  private final HostNames hostNames;

  YamlInventory(InventoryBuilder builder, Source source) {
    this.builder = builder;
    this.source = source;
    this.hostNames = new HostNames(builder, source);
  }

  void read(Node root) {
    MappingNode groups = Nodes.requireMapping(root, "an inventory");
    for (Entry entry : groups.entries()) {
      if (KEYS.contains(entry.key().text())) {
        builder.problems.add(
            Diagnostic.error(
                    entry.key().position(),
                    "'" + entry.key().text() + "' stands outside of a group")
                .withHint("put it below a group, such as 'all:'"));
      } else {
        attempt(() -> group(entry));
      }
    }
  }

  private String group(Entry entry) {
    requireText(entry.key(), "Group name");
    Optional<Position> position = Optional.of(entry.key().position());
    String name = builder.group(entry.key().text(), position).name;
    if (Nodes.isNull(entry.value())) {
      return name;
    }
    MappingNode group = Nodes.requireMapping(entry.value(), "the group '" + name + "'");
    for (Entry part : group.entries()) {
      switch (part.key().text()) {
        case "hosts" -> attempt(() -> hosts(name, part));
        case "vars" -> attempt(() -> vars(name, part));
        case "children" -> attempt(() -> children(name, part));
        default -> builder.problems.add(unknown(name, part));
      }
    }
    return name;
  }

  private static Diagnostic unknown(String group, Entry part) {
    String key = part.key().text();
    Diagnostic error =
        Diagnostic.error(
            part.key().position(), "unknown key '" + key + "' in the group '" + group + "'");
    return error.withHint(
        Suggestions.hint(key, KEYS)
            .orElse(
                "hosts stand below 'hosts:', groups below 'children:', variables below 'vars:'"));
  }

  private void hosts(String group, Entry part) {
    if (part.value() instanceof ScalarNode one && one.isString()) {
      hostNames.add(one.text(), one.position(), Optional.of(group));
      return;
    }
    for (Entry entry : entries(part, "host")) {
      String written = entry.key().text();
      if (!attempt(() -> requireText(entry.key(), "Host pattern"))) {
        continue;
      }
      List<String> names = hostNames.add(written, entry.key().position(), Optional.of(group));
      if (Nodes.isNull(entry.value())) {
        continue;
      }
      attempt(
          () -> {
            MappingNode vars =
                Nodes.requireMapping(entry.value(), "the variables of the host '" + written + "'");
            for (String name : names) {
              for (Entry e : vars.entries()) {
                builder.defineForHost(name, source, e.key().text(), e.value());
              }
            }
          });
    }
  }

  private void vars(String group, Entry part) {
    if (!Nodes.isNull(part.value())) {
      MappingNode vars =
          Nodes.requireMapping(part.value(), "the variables of the group '" + group + "'");
      for (Entry e : vars.entries()) {
        builder.defineForGroup(group, source, e.key().text(), e.value());
      }
    }
  }

  private void children(String group, Entry part) {
    if (part.value() instanceof ScalarNode one && one.isString()) {
      child(group, one.text(), one.position());
      return;
    }
    for (Entry entry : entries(part, "group")) {
      attempt(
          () -> {
            child(group, entry.key().text(), entry.key().position());
            group(entry);
          });
    }
  }

  private void child(String group, String name, Position position) {
    String used = builder.group(name, Optional.of(position)).name;
    builder.addChild(group, used, Optional.of(position));
  }

  /** The names below hosts or children; a list there is the commonest mistake of all. */
  private static List<Entry> entries(Entry part, String what) {
    if (Nodes.isNull(part.value())) {
      return List.of();
    } else if (part.value() instanceof SequenceNode list) {
      String first =
          list.items().stream().flatMap(n -> Nodes.string(n).stream()).findFirst().orElse("name");
      throw Diagnostic.error(
              list.position(),
              "expected a mapping for '%s', found a list".formatted(part.key().text()))
          .withHint("write each %s as a key, with a colon: '%s:'".formatted(what, first))
          .asException();
    }
    return Nodes.requireMapping(part.value(), "'" + part.key().text() + "'").entries();
  }

  /** {@code 1234:} is a number, which Ansible refuses too; tools know the error by these words. */
  private static void requireText(ScalarNode key, String what) {
    if (!key.isString()) {
      throw Diagnostic.error(key.position(), "%s %s must be a string".formatted(what, key.text()))
          .withHint("put it in quotes: \"" + key.text() + "\"")
          .asException();
    }
  }

  private boolean attempt(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (DiagnosticException e) {
      builder.problems.addAll(e);
      return false;
    }
  }
}
