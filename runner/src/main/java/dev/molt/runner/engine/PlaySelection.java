package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.HostPattern;
import dev.molt.dsl.inventory.Mismatch;
import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.event.RunEvent.PlayInfo;
import dev.molt.runner.module.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which hosts plays are for, and in which order. */
final class PlaySelection {
  private final RunContext run;
  private final Set<String> inPlays = new LinkedHashSet<>();

  PlaySelection(RunContext run) {
    this.run = run;
  }

  /** The hosts that were in a play so far. */
  Set<String> inPlays() {
    return inPlays;
  }

  /**
   * Selects the hosts of every play, before the first one runs: a pattern with a mistake stops the
   * run. Hosts that tasks and hooks add meanwhile cannot be known yet: where there are such tasks,
   * only the first play is looked at.
   */
  void checkAll(Playbook playbook) {
    boolean growing =
        run.hooks().addHosts() || playbook.plays().stream().anyMatch(PlaySelection::addsHosts);
    List<Play> plays =
        growing && !playbook.plays().isEmpty() ? playbook.plays().subList(0, 1) : playbook.plays();
    boolean any = growing || run.options().emptyRuns();
    Diagnostics closed = new Diagnostics();
    for (Play play : plays) {
      List<String> hosts = hosts(play);
      any |= !hosts.isEmpty();
      hosts.forEach(h -> InventoryLayers.check(run.inventory(), h, closed));
      // A mistake in serial is found before the first host is touched.
      Batches.of(play, hosts, run.templar(), withoutHost(play));
    }
    closed.throwIfErrors();
    if (!any) {
      throw PlaybookRunner.nobody().asException();
    }
  }

  private static boolean addsHosts(Play play) {
    List<Statement> all = new ArrayList<>(play.preTasks());
    all.addAll(play.roles());
    all.addAll(play.tasks());
    all.addAll(play.postTasks());
    all.addAll(play.handlers());
    return all.stream().anyMatch(PlaySelection::addsHosts);
  }

  private static boolean addsHosts(Statement statement) {
    if (statement instanceof Block block) {
      return block.body().stream().anyMatch(PlaySelection::addsHosts)
          || block.rescue().stream().anyMatch(PlaySelection::addsHosts)
          || block.always().stream().anyMatch(PlaySelection::addsHosts);
    } else if (statement instanceof RoleBlock role) {
      return role.tasks().stream().anyMatch(PlaySelection::addsHosts)
          || role.dependencies().stream().anyMatch(PlaySelection::addsHosts);
    }
    Task task = (Task) statement;
    return switch (Registry.plainName(task.action().text())) {
      // What a file or role that is included does shows when it is.
      case "add_host", "group_by", "include_tasks", "include_role" -> true;
      case "meta" ->
          MetaTasks.action(task).filter(a -> a.text().equals("refresh_inventory")).isPresent();
      default -> false;
    };
  }

  /** The hosts of a play as the inventory is now, in the play's order. */
  List<String> hosts(Play play) {
    Node node = play.keywords().get("hosts").orElseThrow();
    Value value = run.templar().resolve(node, withoutHost(play));
    checkPattern(node, value);
    String pattern = String.join(",", Handlers.texts(value));
    List<String> hosts;
    try {
      hosts = new ArrayList<>(names(HostPattern.parse(pattern)));
    } catch (DiagnosticException e) {
      Diagnostic first = e.diagnostics().get(0);
      throw Diagnostic.error(node.position(), first.message()).withHint(first.hint()).asException();
    }
    if (run.options().limit().isPresent()) {
      HostPattern limit = HostPattern.limit(run.options().limit().get(), Path.of(""));
      hosts.retainAll(new LinkedHashSet<>(names(limit)));
    }
    return ordered(play, hosts);
  }

  private List<String> names(HostPattern pattern) {
    Mismatch mismatch =
        Mismatch.of(run.options().settings().get(InventorySettings.HOST_PATTERN_MISMATCH));
    List<Host> hosts;
    if (mismatch == Mismatch.ERROR && run.options().emptyRuns()) {
      Diagnostics problems = new Diagnostics();
      hosts = pattern.select(run.inventory(), problems);
      problems.throwIfErrors();
    } else {
      hosts = pattern.select(run.inventory(), mismatch, run::warn);
    }
    return hosts.stream().map(Host::name).toList();
  }

  private static void checkPattern(Node node, Value value) {
    List<Value> parts = value instanceof ListValue list ? list.items() : List.of(value);
    for (Value part : parts) {
      if (!(part instanceof StrValue) && !(part instanceof IntValue)) {
        throw Diagnostic.error(
                node.position(),
                "hosts is a pattern, or a list of them, found " + Python.repr(part))
            .withHint("write 'hosts: all', or the name of a group")
            .asException();
      }
    }
    if (parts.isEmpty() || parts.stream().anyMatch(p -> Python.str(p).isBlank())) {
      throw Diagnostic.error(
              node.position(), "Hosts list cannot be empty. Please check your playbook")
          .withHint("write 'hosts: all', or the name of a group")
          .asException();
    }
  }

  private List<String> ordered(Play play, List<String> hosts) {
    Optional<Node> node = play.keywords().get("order");
    String order =
        node.map(n -> Python.str(run.templar().resolve(n, withoutHost(play)))).orElse("inventory");
    List<String> ordered = new ArrayList<>(hosts);
    switch (order) {
      case "inventory", "None", "" -> {
        // As they are.
      }
      case "reverse_inventory" -> Collections.reverse(ordered);
      case "sorted" -> Collections.sort(ordered);
      case "reverse_sorted" -> ordered.sort(Collections.reverseOrder());
      case "shuffle" -> Collections.shuffle(ordered);
      default ->
          throw Diagnostic.error(node.orElseThrow().position(), "there is no order '" + order + "'")
              .withHint("it is inventory, reverse_inventory, sorted, reverse_sorted or shuffle")
              .asException();
    }
    return ordered;
  }

  /** What can be known of a play before its hosts are. */
  Variables withoutHost(Play play) {
    List<Layer> layers = new ArrayList<>(run.options().extraVars());
    layers.add(PlayContext.playVars(play));
    return new Variables(run.templar(), layers);
  }

  PlayInfo info(Play play) {
    boolean check = run.options().check();
    try {
      Optional<Node> own = play.keywords().get("check_mode");
      if (own.isPresent()) {
        check = run.templar().resolve(own.get(), withoutHost(play)) == BoolValue.TRUE;
      }
    } catch (DiagnosticException e) {
      // Said when the play is run.
    }
    return new PlayInfo(name(play), strategy(play), check);
  }

  private String strategy(Play play) {
    try {
      String name =
          play.keywords()
              .get(Strategy.KEYWORD)
              .map(n -> Python.str(run.templar().resolve(n, withoutHost(play))))
              .orElse(run.options().strategy());
      return name.substring(name.lastIndexOf('.') + 1);
    } catch (DiagnosticException e) {
      return "linear";
    }
  }

  private String name(Play play) {
    Node node = play.keywords().get("name").orElse(play.keywords().get("hosts").orElseThrow());
    try {
      return String.join(",", Handlers.texts(run.templar().resolve(node, withoutHost(play))));
    } catch (DiagnosticException e) {
      return node instanceof ScalarNode scalar ? scalar.text() : "play";
    }
  }
}
