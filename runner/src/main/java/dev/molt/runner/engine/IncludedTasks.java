package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code include_tasks}: each host includes what its variables say; hosts that agree go together.
 */
final class IncludedTasks {
  private final PlayContext play;
  private final PlayRunner runner;
  private final TaskRunner tasks;

  IncludedTasks(PlayContext play, PlayRunner runner, TaskRunner tasks) {
    this.play = play;
    this.runner = runner;
    this.tasks = tasks;
  }

  List<HostRun> run(Task task, Frame frame, List<HostRun> hosts) throws InterruptedException {
    TaskKeywords keywords = new TaskKeywords(play.run().templar(), frame);
    Map<Path, List<HostRun>> byFile = new LinkedHashMap<>();
    for (HostRun host : hosts) {
      Variables variables = play.variables(host, frame);
      try {
        if (keywords.conditionsHold(variables)) {
          byFile.computeIfAbsent(file(task, variables), f -> new ArrayList<>()).add(host);
        }
      } catch (DiagnosticException e) {
        fail(task, keywords, List.of(host), hosts, e);
      }
    }
    for (Map.Entry<Path, List<HostRun>> entry : byFile.entrySet()) {
      List<HostRun> including = entry.getValue().stream().filter(HostRun::active).toList();
      List<Statement> body;
      try {
        body = play.run().loader().loadTasks(entry.getKey(), task.options().position());
        new PlaybookCheck(play.run().registry(), play.run().binder(), play.run().templar())
            .checkStatements(body);
      } catch (DiagnosticException e) {
        fail(task, keywords, including, hosts, e);
        continue;
      }
      runner.statements(body, inner(task, frame), including);
    }
    return hosts.stream().filter(HostRun::active).toList();
  }

  /**
   * The include's keywords hold for the include alone, all but its variables; what stands under
   * {@code apply} holds for the tasks.
   */
  private static Frame inner(Task task, Frame frame) {
    Map<String, MappingNode.Entry> vars = new LinkedHashMap<>(frame.keywords().entries());
    vars.keySet().retainAll(Set.of("vars"));
    Frame inner = new Frame(new Keywords(vars), frame.outer());
    Map<String, MappingNode.Entry> applied = new LinkedHashMap<>();
    if (task.options() instanceof MappingNode options
        && options.get("apply").orElse(null) instanceof MappingNode apply) {
      apply.entries().forEach(e -> applied.put(e.key().text(), e));
    }
    return inner.within(new Keywords(applied));
  }

  private Path file(Task task, Variables variables) {
    ScalarNode name = task.namedFile().orElseThrow();
    String file = Python.str(play.run().templar().resolve(name, variables));
    return task.file().toAbsolutePath().resolveSibling(file).normalize();
  }

  private void fail(
      Task task,
      TaskKeywords keywords,
      List<HostRun> failed,
      List<HostRun> all,
      DiagnosticException e) {
    TaskInfo info =
        EngineFailure.fail(play.run(), task.label(), "include_tasks", task.position(), failed, e);
    tasks.stopWhereFatal(info, keywords, all);
  }
}
