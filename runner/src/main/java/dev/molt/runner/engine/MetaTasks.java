package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.yaml.Node;
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

  MetaTasks(PlayContext play, Handlers handlers, TaskRunner tasks) {
    this.play = play;
    this.handlers = handlers;
    this.tasks = tasks;
  }

  List<HostRun> run(Task task, Frame frame, List<HostRun> hosts) throws InterruptedException {
    Node node = task.options();
    String action =
        Python.str(play.run().templar().resolve(node, play.variables(hosts.get(0), frame)));
    TaskKeywords keywords = new TaskKeywords(play.run().templar(), frame);
    List<HostRun> meant =
        hosts.stream().filter(h -> keywords.conditionsHold(play.variables(h, frame))).toList();
    switch (action) {
      case "noop" -> {
        // It does what it says.
      }
      case "flush_handlers" -> {
        return handlers.flush(hosts, tasks);
      }
      case "end_host" -> meant.forEach(HostRun::end);
      case "end_play", "end_batch" -> {
        if (!meant.isEmpty()) {
          hosts.forEach(HostRun::end);
        }
      }
      case "reset_connection" -> meant.forEach(h -> play.run().connections().reset(h.name()));
      case "clear_facts" -> meant.forEach(h -> h.facts().clear());
      default ->
          throw Diagnostic.error(node.position(), "there is no meta action '" + action + "'")
              .withHint(
                  Suggestions.hint(action, ACTIONS)
                      .orElse("it is one of: " + String.join(", ", ACTIONS)))
              .asException();
    }
    return hosts.stream().filter(HostRun::active).toList();
  }
}
