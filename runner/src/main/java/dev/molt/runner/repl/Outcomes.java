package dev.molt.runner.repl;

import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.event.RunListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what comes of a line, task by task. Used by the events' thread while a line runs. */
final class Outcomes implements RunListener {
  private final Console console;
  private Map<TaskInfo, List<HostResult>> results = new LinkedHashMap<>();
  private List<String> begun = new ArrayList<>();
  private List<String> told = new ArrayList<>();
  private boolean quiet;

  Outcomes(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.TaskStarted e) {
      begun = new ArrayList<>(e.hosts());
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
      told.add("left out: " + (e.reason().isEmpty() ? "a hook says so" : e.reason()));
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

  /** The hosts on which the last task has begun and not ended. */
  synchronized List<String> cutOff() {
    return List.copyOf(begun);
  }
}
