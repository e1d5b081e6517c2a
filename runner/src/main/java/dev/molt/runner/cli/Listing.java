package dev.molt.runner.cli;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.HostPattern;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.engine.TagFilter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code --list-hosts}, {@code --list-tasks} and {@code --list-tags}: what a run would work on, in
 * the words of ansible-playbook, which tools read. What a run finds out only on its way, such as
 * the tasks of an include, is not in it.
 */
final class Listing {
  private final PrintStream out;
  private final GivenWords given;
  private final RunOptions options;
  private final Inventory inventory;
  private final Templar templar;

  Listing(
      PrintStream out, GivenWords given, RunOptions options, Inventory inventory, Templar templar) {
    this.out = out;
    this.given = given;
    this.options = options;
    this.inventory = inventory;
    this.templar = templar;
  }

  static boolean wanted(GivenWords given) {
    return given.has("--list-hosts") || given.has("--list-tasks") || given.has("--list-tags");
  }

  void print(Playbook playbook) {
    out.println("\nplaybook: " + playbook.file());
    for (int i = 0; i < playbook.plays().size(); i++) {
      play(i + 1, playbook.plays().get(i));
    }
  }

  private void play(int number, Play play) {
    List<String> patterns = patterns(play);
    String name =
        play.keywords()
            .get("name")
            .filter(ScalarNode.class::isInstance)
            .map(n -> ((ScalarNode) n).text())
            .orElse(String.join(",", patterns));
    Set<String> tags = new LinkedHashSet<>();
    addTags(play.keywords(), tags);
    out.println(
        "\n  play #%d (%s): %s\tTAGS: [%s]"
            .formatted(number, String.join(",", patterns), name, String.join(",", tags)));
    if (given.has("--list-hosts")) {
      List<String> hosts = hosts(patterns);
      out.println("    pattern: " + Python.repr(ListValue.ofStrings(patterns)));
      out.println("    hosts (" + hosts.size() + "):");
      hosts.forEach(h -> out.println("      " + h));
    }
    boolean tasks = given.has("--list-tasks");
    if (tasks || given.has("--list-tags")) {
      List<Found> found = new ArrayList<>();
      statements(play.preTasks(), tags, "", found);
      statements(play.roles(), tags, "", found);
      statements(play.tasks(), tags, "", found);
      statements(play.postTasks(), tags, "", found);
      if (tasks) {
        out.println("    tasks:");
        found.forEach(
            f -> out.println("      " + f.name + "\tTAGS: [" + String.join(", ", f.tags) + "]"));
      }
      if (given.has("--list-tags")) {
        Set<String> all = new TreeSet<>(tags);
        found.forEach(f -> all.addAll(f.tags));
        out.println("      TASK TAGS: [" + String.join(", ", all) + "]");
      }
    }
  }

  private record Found(String name, Set<String> tags) {}

  /** What rescue and always hold is not listed. */
  private void statements(
      List<? extends Statement> statements, Set<String> outer, String role, List<Found> found) {
    for (Statement statement : statements) {
      Set<String> tags = new TreeSet<>(outer);
      addTags(statement.keywords(), tags);
      if (statement instanceof Block block) {
        statements(block.body(), tags, role, found);
      } else if (statement instanceof RoleBlock use) {
        statements(use.dependencies(), tags, role, found);
        statements(use.tasks(), tags, use.role().name() + " : ", found);
      } else if (filter().runs(tags)) {
        Task task = (Task) statement;
        found.add(new Found((named(task) ? role : "") + task.label(), tags));
      }
    }
  }

  private static boolean named(Task task) {
    return !task.label().equals(task.action().text());
  }

  /** Where tags are asked for and none are named, those are listed, too, that never run. */
  private TagFilter filter() {
    boolean named = given.has("--tags") || given.has("--skip-tags");
    return given.has("--list-tags") && !named
        ? new TagFilter(Set.of("never", "all"), Set.of())
        : options.tags();
  }

  private static void addTags(Keywords keywords, Set<String> tags) {
    Optional<Node> node = keywords.get("tags");
    List<Node> items =
        node.isEmpty()
            ? List.of()
            : node.get() instanceof SequenceNode list ? list.items() : List.of(node.get());
    for (Node item : items) {
      if (item instanceof ScalarNode scalar) {
        for (String tag : scalar.text().split(",")) {
          if (!tag.isBlank()) {
            tags.add(tag.strip());
          }
        }
      }
    }
  }

  private List<String> patterns(Play play) {
    Node node = play.keywords().get("hosts").orElseThrow();
    Value value = templar.resolve(node, new Variables(templar, options.extraVars()));
    return value instanceof ListValue list
        ? list.items().stream().map(Python::str).toList()
        : List.of(Python.str(value));
  }

  private List<String> hosts(List<String> patterns) {
    Diagnostics ignored = new Diagnostics();
    List<String> hosts =
        new ArrayList<>(
            HostPattern.parse(String.join(",", patterns)).select(inventory, ignored).stream()
                .map(Host::name)
                .toList());
    options
        .limit()
        .map(l -> HostPattern.limit(l, Path.of("")).select(inventory, ignored))
        .ifPresent(l -> hosts.retainAll(l.stream().map(Host::name).toList()));
    return hosts;
  }
}
