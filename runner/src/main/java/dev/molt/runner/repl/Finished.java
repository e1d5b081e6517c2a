package dev.molt.runner.repl;

import dev.molt.dsl.yaml.Node;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A line that was run. Immutable.
 *
 * @param number what stands behind the dollar sign
 * @param line as typed
 * @param mood how it was run
 * @param tasks what was run
 * @param variable where the result is registered
 * @param expression whether it only evaluated one
 * @param status its exit status
 * @param results by task, as they may be shown
 */
record Finished(
    int number,
    String line,
    Mood mood,
    List<Node> tasks,
    Optional<String> variable,
    boolean expression,
    int status,
    Map<TaskInfo, List<HostResult>> results) {

  /** Whether it is a few words of Groovy. */
  boolean groovy() {
    return line.startsWith(":groovy");
  }

  /** Those of the last task: what the number stands for. */
  List<HostResult> last() {
    return results.values().stream().reduce((a, b) -> b).orElse(List.of());
  }

  Finished in(Mood other) {
    return new Finished(number, line, other, tasks, variable, expression, status, results);
  }

  ResultNames.Named named() {
    Set<String> hosts = new LinkedHashSet<>();
    last().forEach(r -> hosts.add(r.host()));
    return new ResultNames.Named(variable, expression ? ".msg" : "", hosts);
  }
}
