package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code include_tasks}: each host includes what its variables say; hosts that agree go together.
 */
final class IncludedTasks {
  private final PlayContext play;
  private final PlayRunner runner;

  IncludedTasks(PlayContext play, PlayRunner runner) {
    this.play = play;
    this.runner = runner;
  }

  List<HostRun> run(Task task, Frame frame, List<HostRun> hosts) throws InterruptedException {
    if (frame.keywords().has("loop")
        || frame.keywords().entries().keySet().stream().anyMatch(k -> k.startsWith("with_"))) {
      throw Diagnostic.error(task.position(), "include_tasks with a loop is not supported")
          .asException();
    }
    Map<Path, List<HostRun>> byFile = new LinkedHashMap<>();
    for (HostRun host : hosts) {
      Variables variables = play.variables(host, frame);
      try {
        if (new TaskKeywords(play.run().templar(), frame).conditionsHold(variables)) {
          byFile.computeIfAbsent(file(task, variables), f -> new ArrayList<>()).add(host);
        }
      } catch (DiagnosticException e) {
        fail(task, host, e);
      }
    }
    List<HostRun> out = new ArrayList<>();
    for (Map.Entry<Path, List<HostRun>> entry : byFile.entrySet()) {
      try {
        List<Statement> body =
            play.run().loader().loadTasks(entry.getKey(), task.options().position());
        new PlaybookCheck(play.run().registry(), play.run().binder(), play.run().templar())
            .checkStatements(body);
        runner.statements(body, withoutName(frame), entry.getValue());
      } catch (DiagnosticException e) {
        entry.getValue().forEach(h -> fail(task, h, e));
      }
    }
    hosts.stream().filter(HostRun::active).forEach(out::add);
    return out;
  }

  /** The tasks inherit the include's keywords but those that were for the include alone. */
  private static Frame withoutName(Frame frame) {
    Map<String, MappingNode.Entry> kept = new LinkedHashMap<>(frame.keywords().entries());
    kept.keySet().removeAll(Set.of("name", "when", "register", "notify", "tags", "args"));
    return new Frame(new Keywords(kept), frame.outer());
  }

  private Path file(Task task, Variables variables) {
    Node options = task.options();
    if (options instanceof MappingNode mapping) {
      options = mapping.get("file").orElse(options);
    }
    if (!(options instanceof ScalarNode scalar) || scalar.isNull()) {
      throw Diagnostic.error(options.position(), "include_tasks takes the name of a file")
          .asException();
    }
    String name = Python.str(play.run().templar().resolve(scalar, variables));
    return task.file().toAbsolutePath().resolveSibling(name).normalize();
  }

  private void fail(Task task, HostRun host, DiagnosticException e) {
    String message = DiagnosticFormatter.format(e.diagnostics().get(0)).strip();
    MapValue result = MapValue.empty().put("msg", new StrValue(e.getMessage()));
    host.fail(HostRun.State.FAILED, new HostRun.Failure(task.label(), "include_tasks", result));
    host.count(Status.FAILED);
    TaskInfo info =
        new TaskInfo(
            play.run().taskIds().incrementAndGet(),
            task.label(),
            "include_tasks",
            task.position().source().name() + ":" + task.position().line(),
            false);
    HostResult failed =
        new HostResult(
            host.name(),
            Optional.empty(),
            Optional.empty(),
            Status.FAILED,
            message,
            result,
            List.of(),
            List.of(),
            Duration.ZERO);
    play.run()
        .events()
        .publish(new RunEvent.TaskStarted(Instant.now(), info, List.of(host.name())));
    play.run().events().publish(new RunEvent.HostFinished(Instant.now(), info, failed));
    play.run().events().publish(new RunEvent.TaskFinished(Instant.now(), info, Duration.ZERO));
  }
}
