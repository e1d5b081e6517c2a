package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.JsonNodes;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.MappingNode.Entry;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.NodeValues;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs one executable inventory and reads the JSON that it prints: with {@code --list} groups, and
 * in {@code _meta.hostvars} the variables of all hosts; where it has no such, {@code --host NAME}
 * is asked for each host. As in Ansible, its variables may hold templates.
 */
final class ScriptInventory {
  /** How many are asked for their variables at once. */
  private static final int AT_ONCE = 8;

  private static final String META = "_meta";

  private final InventoryBuilder builder;
  private final Path script;
  private final Duration deadline;
  private final Set<String> hosts = new LinkedHashSet<>();

  ScriptInventory(InventoryBuilder builder, Path script, Duration deadline) {
    this.builder = builder;
    this.script = script;
    this.deadline = deadline;
  }

  void read() {
    MappingNode root;
    try (ScriptRun run = ScriptRun.start(script, List.of("--list"))) {
      root = parsed(run, run.output(deadline));
      run.complaint().ifPresent(this::warn);
    }
    for (Entry entry : root.entries()) {
      if (!entry.key().text().equals(META)) {
        attempt(() -> group(entry));
      }
    }
    Optional<Node> meta = root.get(META);
    Optional<Node> vars = meta.flatMap(m -> Nodes.requireMapping(m, "'_meta'").get("hostvars"));
    if (vars.isPresent()) {
      hostVars(Nodes.requireMapping(vars.get(), "'_meta.hostvars'"));
    } else {
      askForEach();
    }
  }

  private static MappingNode parsed(ScriptRun run, Source output) {
    try {
      return Nodes.requireMapping(JsonNodes.read(output), "an inventory");
    } catch (DiagnosticException e) {
      // What it complained of is likelier to say why than the place in what it printed.
      throw run.complaint()
          .map(c -> e.diagnostics().get(0).withHint("it wrote to its standard error:\n" + c))
          .orElse(e.diagnostics().get(0).withHint("an inventory script prints one JSON object"))
          .asException();
    }
  }

  private void warn(String complaint) {
    builder.warnings.add(
        Diagnostic.warning(
            "the inventory script " + SourceFiles.shown(script) + " complained:\n" + complaint));
  }

  private void group(Entry entry) {
    ScalarNode key = entry.key();
    String name = builder.group(key.text(), Optional.of(key.position())).name;
    if (!(entry.value() instanceof MappingNode group)) {
      members(name, entry.value());
    } else if (List.of("hosts", "vars", "children").stream()
        .noneMatch(k -> group.get(k).isPresent())) {
      // The oldest form: the name is a host's, and what it holds are variables, which nobody meant
      // for templates.
      addHost(name, name, key.position());
      define(name, (MappingNode) NodeValues.unsafe(group));
    } else {
      group.get("hosts").ifPresent(n -> members(name, n));
      group
          .get("vars")
          .ifPresent(n -> define(name, Nodes.requireMapping(n, "'" + name + ".vars'")));
      group.get("children").ifPresent(n -> children(name, n));
    }
  }

  private void members(String group, Node list) {
    SequenceNode names = Nodes.requireSequence(list, "'" + group + ".hosts'");
    for (Node item : names.items()) {
      ScalarNode host = Nodes.requireString(item, "the name of a host");
      addHost(group, host.text(), host.position());
    }
  }

  private void addHost(String group, String host, Position position) {
    if (host.isEmpty()) {
      throw Diagnostic.error(position, "the name of a host is empty").asException();
    }
    hosts.add(host);
    builder.host(host, Optional.of(position));
    builder.addHost(group, host);
  }

  private void define(String group, MappingNode vars) {
    for (Entry e : vars.entries()) {
      builder.defineForGroup(group, e.key().position().source(), e.key().text(), e.value());
    }
  }

  private void children(String group, Node list) {
    SequenceNode names = Nodes.requireSequence(list, "'" + group + ".children'");
    for (Node item : names.items()) {
      ScalarNode child = Nodes.requireString(item, "the name of a group");
      Optional<Position> position = Optional.of(child.position());
      builder.addChild(group, builder.group(child.text(), position).name, position);
    }
  }

  private void hostVars(MappingNode all) {
    for (Entry entry : all.entries()) {
      if (hosts.contains(entry.key().text())) {
        attempt(() -> hostVars(entry.key().text(), entry.value()));
      }
    }
  }

  private void hostVars(String host, Node vars) {
    for (Entry e :
        Nodes.requireMapping(vars, "the variables of the host '" + host + "'").entries()) {
      builder.defineForHost(host, e.key().position().source(), e.key().text(), e.value());
    }
  }

  private record Asked(String host, ScriptRun run) {}

  private void askForEach() {
    Deque<Asked> running = new ArrayDeque<>();
    try {
      for (String host : hosts) {
        if (running.size() == AT_ONCE) {
          take(running);
        }
        running.add(new Asked(host, ScriptRun.start(script, List.of("--host", host))));
      }
      while (!running.isEmpty()) {
        take(running);
      }
    } finally {
      running.forEach(asked -> asked.run().close());
    }
  }

  private void take(Deque<Asked> running) {
    Asked asked = running.remove();
    try (ScriptRun run = asked.run()) {
      Source output = run.output(deadline);
      if (!output.text().isBlank()) {
        hostVars(asked.host(), parsed(run, output));
      }
    }
  }

  private void attempt(Runnable reading) {
    try {
      reading.run();
    } catch (DiagnosticException e) {
      builder.problems.addAll(e);
    }
  }
}
