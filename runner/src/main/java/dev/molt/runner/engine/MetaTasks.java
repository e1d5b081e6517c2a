package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code meta}: what steers the play itself. */
final class MetaTasks {
  static final List<String> ACTIONS =
      List.of(
          "clear_facts",
          "clear_host_errors",
          "end_batch",
          "end_host",
          "end_play",
          "end_role",
          "flush_handlers",
          "noop",
          "refresh_inventory",
          "reset_connection");

  /** What is done whatever a condition says; as in Ansible, which warns of one. */
  private static final Set<String> UNCONDITIONAL =
      Set.of("noop", "refresh_inventory", "reset_connection");

  private final PlayContext play;
  private final Handlers handlers;
  private final TaskRunner tasks;
  private final PlayRunner runner;

  MetaTasks(PlayContext play, Handlers handlers, TaskRunner tasks, PlayRunner runner) {
    this.play = play;
    this.handlers = handlers;
    this.tasks = tasks;
    this.runner = runner;
  }

  /** What a meta task asks for; empty where it does not say. */
  static Optional<ScalarNode> action(Task task) {
    Node node = task.option("_raw_params").orElse(task.options());
    return node instanceof ScalarNode scalar && !scalar.isNull()
        ? Optional.of(scalar)
        : Optional.empty();
  }

  List<HostRun> run(Task task, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    String action = action(task).orElseThrow().text();
    TaskKeywords keywords = new TaskKeywords(play.run(), frame);
    List<HostRun> meant = new ArrayList<>();
    if (UNCONDITIONAL.contains(action)) {
      meant.addAll(hosts);
      if (!frame.all("when").isEmpty()) {
        play.run()
            .warn(
                Diagnostic.warning(
                    task.position(), action + " task does not support when conditional"));
      }
    } else {
      for (HostRun host : hosts) {
        if (holds(task, frame, keywords, host, hosts)) {
          meant.add(host);
        }
      }
    }
    if (handler && action.equals("flush_handlers")) {
      throw Diagnostic.error(task.position(), "flush_handlers cannot be used as a handler")
          .asException();
    }
    new MetaTelling(play, tasks, task, frame, handler).tell(action, meant, hosts);
    act(action, meant, hosts);
    return hosts.stream().filter(HostRun::active).toList();
  }

  private boolean holds(
      Task task, Frame frame, TaskKeywords keywords, HostRun host, List<HostRun> hosts) {
    try {
      return keywords.conditionsHold(play.variables(host, frame));
    } catch (DiagnosticException e) {
      TaskInfo info =
          EngineFailure.fail(play, frame, task.label(), "meta", task.position(), List.of(host), e);
      tasks.stopWhereFatal(info, keywords, hosts);
      return false;
    }
  }

  private void act(String action, List<HostRun> meant, List<HostRun> hosts)
      throws InterruptedException {
    switch (action) {
      case "noop" -> {
        // It does what it says.
      }
      case "flush_handlers" -> handlers.flush(meant, tasks);
      case "end_host" -> meant.forEach(HostRun::end);
      case "end_role" -> meant.forEach(HostRun::endRole);
      case "end_play", "end_batch" -> {
        if (!meant.isEmpty()) {
          List<HostRun> all = Strategy.of(play) == Strategy.LINEAR ? hosts : play.batch();
          all.stream().filter(HostRun::active).forEach(HostRun::end);
          if (action.equals("end_play")) {
            runner.endPlay();
          }
        }
      }
      case "reset_connection" -> meant.forEach(h -> play.run().connections().reset(h.name()));
      case "clear_facts" -> {
        if (!meant.isEmpty()) {
          play.allHosts().forEach(h -> h.gathered().clear());
          play.run().cache().flush(play.allHosts().stream().map(HostRun::name));
        }
      }
      case "clear_host_errors" -> {
        if (!meant.isEmpty()) {
          play.allHosts().stream().filter(HostRun::out).forEach(HostRun::forgive);
        }
      }
      case "refresh_inventory" -> {
        play.run().changeInventory(Inventory::reload);
      }
      default -> throw new IllegalStateException("unchecked meta action " + action);
    }
  }
}
