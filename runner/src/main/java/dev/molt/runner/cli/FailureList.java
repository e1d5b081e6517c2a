package dev.molt.runner.cli;

import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks that failed, and where, but for what a rescue put right. */
final class FailureList {
  private final Map<TaskInfo, List<String>> failed = new LinkedHashMap<>();

  /** By the number of the task. */
  private final Map<Integer, Set<String>> rescued = new HashMap<>();

  void add(TaskInfo task, List<HostResult> results) {
    for (HostResult result : results) {
      if (result.status().bad()) {
        failed.computeIfAbsent(task, t -> new ArrayList<>()).add(result.host());
      }
    }
  }

  void rescued(TaskInfo task, List<String> hosts) {
    rescued.computeIfAbsent(task.id(), id -> new HashSet<>()).addAll(hosts);
  }

  /** For people: the task, where it stands, and the hosts. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    failed.forEach(
        (task, all) -> {
          List<String> hosts = new ArrayList<>(all);
          hosts.removeAll(rescued.getOrDefault(task.id(), Set.of()));
          if (!hosts.isEmpty()) {
            lines.add(task.title() + " (" + task.position() + ") on " + HostNames.of(hosts));
          }
        });
    return lines;
  }
}
