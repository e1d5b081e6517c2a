package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.util.ArrayList;
import java.util.List;

/** {@code meta}: what steers the play itself. */
final class MetaTasks {
  static final List<String> ACTIONS =
      List.of(
          "flush_handlers",
          "end_play",
          "end_host",
          "end_batch",
          "noop",
          "reset_connection",
          "clear_facts");

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

  List<HostRun> run(Task task, Frame frame, List<HostRun> hosts) throws InterruptedException {
    TaskKeywords keywords = new TaskKeywords(play.run().templar(), frame);
    List<HostRun> meant = new ArrayList<>();
    for (HostRun host : hosts) {
      try {
        if (keywords.conditionsHold(play.variables(host, frame))) {
          meant.add(host);
        }
      } catch (DiagnosticException e) {
        TaskInfo info =
            EngineFailure.fail(play.run(), task.label(), "meta", task.position(), List.of(host), e);
        tasks.stopWhereFatal(info, keywords, hosts);
      }
    }
    act(((ScalarNode) task.options()).text(), meant, hosts);
    return hosts.stream().filter(HostRun::active).toList();
  }

  private void act(String action, List<HostRun> meant, List<HostRun> hosts)
      throws InterruptedException {
    switch (action) {
      case "noop" -> {
        // It does what it says.
      }
      case "flush_handlers" -> {
        handlers.flush(hosts, tasks);
      }
      case "end_host" -> meant.forEach(HostRun::end);
      case "end_play", "end_batch" -> {
        if (!meant.isEmpty()) {
          hosts.stream().filter(HostRun::active).forEach(HostRun::end);
          if (action.equals("end_play")) {
            runner.endPlay();
          }
        }
      }
      case "reset_connection" -> meant.forEach(h -> play.run().connections().reset(h.name()));
      case "clear_facts" -> meant.forEach(h -> h.facts().clear());
      default -> throw new IllegalStateException("unchecked meta action " + action);
    }
  }
}
