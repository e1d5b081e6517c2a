package dev.molt.runner.repl;

import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.runner.cli.HostNames;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.event.RunListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what comes of a line, task by task. Used by the events' thread while a line runs. */
final class Outcomes implements RunListener {
  private final Console console;
  private Map<TaskInfo, List<HostResult>> results = new LinkedHashMap<>();
  private List<String> begun = new ArrayList<>();
  private List<String> told = new ArrayList<>();

  /** Where hosts stand in the order in which tasks name them. */
  private final Map<String, Integer> order = new HashMap<>();

  /** What scripts said, and on which hosts; on none where it was said once for all. */
  private Map<String, List<String>> said = new LinkedHashMap<>();

  private boolean quiet;

  Outcomes(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.TaskStarted e) {
      begun = new ArrayList<>(e.hosts());
      e.hosts().forEach(h -> order.putIfAbsent(h, order.size()));
      results.computeIfAbsent(e.task(), t -> new ArrayList<>());
    } else if (event instanceof RunEvent.HostFinished e) {
      results.computeIfAbsent(e.task(), t -> new ArrayList<>()).add(e.result());
      begun.remove(e.result().host());
    } else if (event instanceof RunEvent.TaskFinished) {
      live("");
    } else if (event instanceof RunEvent.HostStarted e) {
      live(e.task().title() + "  " + e.host());
    } else if (event instanceof RunEvent.Progress e) {
      live(e.task().title() + "  " + e.host() + ": " + e.message());
    } else if (event instanceof RunEvent.Retrying e) {
      live(e.result().host() + ": attempt " + e.attempt() + " of " + e.attempts() + " did not do");
    } else if (event instanceof RunEvent.Warning e) {
      told.addAll(DiagnosticFormatter.format(e.diagnostic()).lines().toList());
    } else if (event instanceof RunEvent.PlayStopped e) {
      told.add("stopped: " + e.reason());
    } else if (event instanceof RunEvent.HostsSkipped e) {
      told.add("left out: " + e.why());
    } else if (event instanceof RunEvent.Note e && e.verbosity() == 0) {
      e.host()
          .ifPresentOrElse(
              h -> said.computeIfAbsent(e.message(), m -> new ArrayList<>()).add(h),
              () -> said.putIfAbsent(e.message(), new ArrayList<>()));
    }
  }

  private void live(String what) {
    if (!quiet) {
      console.live(what);
    }
  }

  /** Whether somebody is being asked, who is not to be disturbed. */
  synchronized void quiet(boolean asked) {
    live("");
    quiet = asked;
  }

  /** What came since the last time, the tasks in the order in which they began. */
  synchronized Map<TaskInfo, List<HostResult>> take() {
    Map<TaskInfo, List<HostResult>> all = results;
    results = new LinkedHashMap<>();
    return all;
  }

  /** What was said that belongs to no host. */
  synchronized List<String> told() {
    List<String> all = told;
    told = new ArrayList<>();
    return all;
  }

  /** What scripts said or printed, hosts that say the same together. */
  synchronized List<String> said() {
    List<String> all = new ArrayList<>();
    said.values()
        .forEach(h -> h.sort(Comparator.comparingInt(name -> order.getOrDefault(name, 0))));
    said.forEach(
        (line, hosts) -> all.add(hosts.isEmpty() ? line : HostNames.of(hosts) + ": " + line));
    said = new LinkedHashMap<>();
    return all;
  }

  /** The hosts on which the last task has begun and not ended. */
  synchronized List<String> cutOff() {
    return List.copyOf(begun);
  }
}
