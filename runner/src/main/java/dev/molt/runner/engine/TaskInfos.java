package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.OutputSettings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.NodeValues;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.Registry;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What events say of the tasks of one batch. Thread-safe. */
final class TaskInfos {
  private final PlayContext play;

  /** The numbers of tasks that hosts come to one by one. */
  private final Map<Task, Integer> numbers = Collections.synchronizedMap(new IdentityHashMap<>());

  TaskInfos(PlayContext play) {
    this.play = play;
  }

  /**
   * @param first the host whose variables fill in the name
   */
  TaskInfo of(Task task, Frame frame, HostRun first, boolean handler) {
    Variables variables = play.variables(first, frame);
    boolean loops =
        task.keywords().entries().keySet().stream()
            .anyMatch(k -> k.equals("loop") || k.startsWith("with_"));
    RunOptions options = play.run().options();
    TaskInfo info =
        new TaskInfo(
                number(task),
                name(task, variables),
                Registry.plainName(task.action().text()),
                task.position().source().name() + ":" + task.position().line(),
                handler)
            .inRole(includesRole(task) ? Optional.empty() : frame.nearestRole().map(Role::name))
            .looping(loops)
            .checking(flag("check_mode", frame, variables, options.check()))
            .diffing(flag("diff", frame, variables, options.diff()));
    return options.settings().get(OutputSettings.DISPLAY_ARGS_TO_STDOUT)
            && !flag("no_log", frame, variables, false)
        ? info.withArguments(arguments(task))
        : info;
  }

  private int number(Task task) {
    return Strategy.of(play) == Strategy.LINEAR
        ? play.run().taskIds().incrementAndGet()
        : numbers.computeIfAbsent(task, t -> play.run().taskIds().incrementAndGet());
  }

  private String name(Task task, Variables variables) {
    Optional<Node> node = task.keywords().get("name");
    if (node.isPresent() && node.get() instanceof ScalarNode scalar && !scalar.isNull()) {
      try {
        return Python.str(play.run().templar().resolve(scalar, variables));
      } catch (DiagnosticException e) {
        return scalar.text();
      }
    }
    return includesRole(task)
        ? task.label()
            + " : "
            + task.option("name").map(NodeValues::plain).map(Python::str).orElse("")
        : task.label();
  }

  /** One without a name is called by the role that it includes. */
  private static boolean includesRole(Task task) {
    return task.label().equals(task.action().text())
        && Registry.plainName(task.action().text()).equals("include_role");
  }

  private boolean flag(String keyword, Frame frame, Variables variables, boolean otherwise) {
    try {
      return new TaskKeywords(play.run(), frame).flagOr(keyword, variables, otherwise);
    } catch (DiagnosticException e) {
      // Said when the task is done.
      return otherwise;
    }
  }

  /** As written, templates and all. */
  private static String arguments(Task task) {
    if (task.options() instanceof MappingNode mapping) {
      return mapping.entries().stream()
          .map(e -> e.key().text() + "=" + Python.str(NodeValues.plain(e.value())))
          .collect(Collectors.joining(", "));
    }
    return task.options() instanceof ScalarNode text && !text.isNull()
        ? "_raw_params=" + text.text()
        : "";
  }
}
