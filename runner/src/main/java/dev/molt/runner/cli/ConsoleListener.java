package dev.molt.runner.cli;

import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.event.RunListener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prints the run of one playbook for people: one line a task and outcome, hosts that agree
 * together.
 */
final class ConsoleListener implements RunListener {
  private final PrintStream out;
  private final Style style;
  private final int verbosity;
  private final boolean several;
  private final TaskLines lines;
  private final Downtime downtime = new Downtime();
  private final FailureList failures = new FailureList();

  /** By the number of the task; where hosts go on their own, several are at work at once. */
  private final Map<Integer, List<HostResult>> results = new HashMap<>();

  private Optional<RunEvent.TaskStarted> atWork = Optional.empty();
  private boolean check;
  private boolean liveLine;

  /** Whether it was said why somebody had nothing to do. */
  private boolean explained;

  /**
   * @param several whether it is one of several playbooks, and so has to say which
   */
  ConsoleListener(PrintStream out, Style style, int verbosity, boolean diff, boolean several) {
    this.out = out;
    this.style = style;
    this.verbosity = verbosity;
    this.several = several;
    this.lines = new TaskLines(out, style, new ResultText(style, diff, verbosity));
  }

  @Override
  public void on(RunEvent event) {
    downtime.on(event);
    if (!silent(event)) {
      clearLiveLine();
    }
    if (event instanceof RunEvent.TaskStarted e) {
      atWork = Optional.of(e);
      live(e.task().title() + "  " + HostNames.of(e.hosts()));
    } else if (event instanceof RunEvent.HostFinished e) {
      results.computeIfAbsent(e.task().id(), id -> new ArrayList<>()).add(e.result());
    } else if (event instanceof RunEvent.TaskFinished e) {
      atWork = Optional.empty();
      task(e);
    } else if (event instanceof RunEvent.Progress e) {
      aside(e.task(), e.host(), e.message());
    } else if (event instanceof RunEvent.Retrying e) {
      String attempt = "attempt " + e.attempt() + " of " + e.attempts() + ", trying again";
      aside(e.task(), e.result().host(), attempt);
    } else if (event instanceof RunEvent.AsyncPolled e) {
      aside(e.task(), e.host(), "job " + e.job() + " is still running");
    } else if (event instanceof RunEvent.Included e) {
      String item = e.item().map(i -> " (item " + i + ")").orElse("");
      lines.quiet("included", e.what() + item, HostNames.of(e.hosts()));
    } else if (event instanceof RunEvent.PointOfNoReturn e) {
      lines.quiet("no return", "from here on there is no way back", HostNames.of(e.hosts()));
    } else if (event instanceof RunEvent.Rescuing e) {
      failures.rescued(e.task(), e.hosts());
      lines.quiet("rescue", "after " + e.task().title(), HostNames.of(e.hosts()));
    } else {
      ofRun(event);
    }
    out.flush();
  }

  /** Whether nothing is printed of it, so that what stands on the last line can stay. */
  private boolean silent(RunEvent event) {
    return event instanceof RunEvent.HostStarted
        || event instanceof RunEvent.ItemFinished
        || event instanceof RunEvent.HostFinished
        || event instanceof RunEvent.AsyncFinished
        || event instanceof RunEvent.NoHostsRemaining
        || (event instanceof RunEvent.HandlerNotified && verbosity < 2)
        || (event instanceof RunEvent.Note e && verbosity < e.verbosity());
  }

  private void ofRun(RunEvent event) {
    if (event instanceof RunEvent.RunStarted e) {
      started(e);
    } else if (event instanceof RunEvent.PlayStarted e) {
      String batch = e.batches() > 1 ? " (batch " + e.batch() + " of " + e.batches() + ")" : "";
      play(e.play().name(), batch, HostNames.of(e.hosts()));
    } else if (event instanceof RunEvent.PlaySkipped e) {
      play(e.play().name(), "", "left out: " + e.reason().orElse(e.why().text()));
      explained |= e.why() == RunEvent.Omission.HOOK;
    } else if (event instanceof RunEvent.HostsSkipped e) {
      lines.quiet("skipped", e.why(), HostNames.of(e.hosts()));
      explained = true;
    } else if (event instanceof RunEvent.PlayStopped e) {
      out.println(style.red("  STOPPED  " + HostNames.of(e.hosts()) + ": " + e.reason()));
    } else if (event instanceof RunEvent.Warning e) {
      out.print(style.yellow(DiagnosticFormatter.format(e.diagnostic())));
    } else if (event instanceof RunEvent.Deprecation e) {
      out.print(style.yellow(DiagnosticFormatter.format(e.diagnostic())));
      out.println(style.yellow("  = gone " + e.version().map(v -> "in " + v).orElse("later")));
    } else if (event instanceof RunEvent.Note e) {
      if (!silent(e)) {
        String said = e.host().map(h -> h + ": ").orElse("") + e.message();
        said.lines().forEach(line -> out.println(style.dim("      " + line)));
      }
    } else if (event instanceof RunEvent.HandlerNotified e) {
      if (!silent(e)) {
        out.println(style.dim("      " + e.host() + ": handler " + e.handler() + " is to run"));
      }
    } else if (event instanceof RunEvent.RunFinished e) {
      new Recap(out, style, check, explained).print(e, downtime, failures.lines(), cutOff());
    }
  }

  private void started(RunEvent.RunStarted e) {
    check = e.check();
    lines.check(check);
    if (several) {
      out.println();
      out.println(style.bold("PLAYBOOK " + e.playbook()));
    }
    if (check) {
      out.println("check run of " + e.playbook() + ": nothing will be changed");
    }
  }

  private void play(String name, String batch, String what) {
    out.println();
    out.println(style.bold("PLAY " + name) + batch + "  " + style.dim(what));
  }

  /** Which task has not come to its end, and where. */
  private Optional<String> cutOff() {
    return atWork.map(
        task -> {
          List<String> hosts = new ArrayList<>(task.hosts());
          results.getOrDefault(task.task().id(), List.of()).forEach(r -> hosts.remove(r.host()));
          return "'"
              + task.task().title()
              + "' ("
              + task.task().position()
              + ")"
              + (hosts.isEmpty() ? "" : " on " + HostNames.of(hosts));
        });
  }

  /** Of a task that is not done yet: a line with -v, else only on a terminal, until the next. */
  private void aside(TaskInfo task, String host, String message) {
    if (verbosity > 0) {
      out.println(style.dim("      " + host + ": " + message));
    } else {
      live(task.title() + "  " + host + ": " + message);
    }
  }

  private void task(RunEvent.TaskFinished e) {
    List<HostResult> all = results.getOrDefault(e.task().id(), List.of());
    results.remove(e.task().id());
    failures.add(e.task(), all);
    lines.print(e, all);
  }

  private void live(String line) {
    if (style.live()) {
      String shown = line.length() > 100 ? line.substring(0, 99) + "…" : line;
      out.print("\r\u001b[K" + style.dim("  ...  " + shown.replaceAll("\\p{Cntrl}", " ")));
      out.flush();
      liveLine = true;
    }
  }

  private void clearLiveLine() {
    if (liveLine) {
      out.print("\r\u001b[K");
      liveLine = false;
    }
  }
}
