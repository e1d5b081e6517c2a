package dev.molt.runner.cli;

import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunListener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints a run for people: one line a task and outcome, hosts that agree together. */
final class ConsoleListener implements RunListener {
  private static final int NAME_WIDTH = 52;

  private final PrintStream out;
  private final Style style;
  private final int verbosity;
  private final ResultText text;
  private final Downtime downtime = new Downtime();
  private final List<HostResult> results = new ArrayList<>();
  private final List<String> stopped = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private Optional<RunEvent.TaskStarted> atWork = Optional.empty();
  private boolean check;
  private boolean liveLine;

  ConsoleListener(PrintStream out, Style style, int verbosity, boolean diff) {
    this.out = out;
    this.style = style;
    this.verbosity = verbosity;
    this.text = new ResultText(style, diff, verbosity);
  }

  @Override
  public void on(RunEvent event) {
    downtime.on(event);
    clearLiveLine();
    if (event instanceof RunEvent.RunStarted e) {
      check = e.check();
      if (check) {
        out.println("check run of " + e.playbook() + ": nothing will be changed");
      }
    } else if (event instanceof RunEvent.PlayStarted e) {
      String batch = e.batches() > 1 ? " (batch " + e.batch() + " of " + e.batches() + ")" : "";
      out.println();
      out.println(
          style.bold("PLAY " + e.play().name())
              + batch
              + "  "
              + style.dim(HostNames.of(e.hosts())));
    } else if (event instanceof RunEvent.PlaySkipped e) {
      out.println();
      out.println(
          style.bold("PLAY " + e.play().name()) + "  " + style.dim("left out: " + e.why().text()));
    } else if (event instanceof RunEvent.TaskStarted e) {
      results.clear();
      atWork = Optional.of(e);
      live(e.task().name() + "  " + HostNames.of(e.hosts()));
    } else if (event instanceof RunEvent.Progress e) {
      progress(e);
    } else if (event instanceof RunEvent.Retrying e) {
      if (verbosity > 0) {
        out.println(
            style.dim(
                "      "
                    + e.result().host()
                    + ": attempt "
                    + e.attempt()
                    + " of "
                    + e.attempts()
                    + ", trying again"));
      }
    } else if (event instanceof RunEvent.HostFinished e) {
      results.add(e.result());
    } else if (event instanceof RunEvent.TaskFinished e) {
      atWork = Optional.empty();
      task(e);
    } else if (event instanceof RunEvent.Warning e) {
      out.print(style.yellow(DiagnosticFormatter.format(e.diagnostic())));
    } else if (event instanceof RunEvent.PlayStopped e) {
      stopped.add(HostNames.of(e.hosts()) + ": " + e.reason());
      out.println(style.red("  STOPPED  " + HostNames.of(e.hosts()) + ": " + e.reason()));
    } else if (event instanceof RunEvent.RunFinished e) {
      new Recap(out, style, check).print(e, downtime, failures, cutOff());
    }
    out.flush();
  }

  /** Which task has not come to its end, and where. */
  private Optional<String> cutOff() {
    return atWork.map(
        task -> {
          List<String> hosts = new ArrayList<>(task.hosts());
          results.forEach(r -> hosts.remove(r.host()));
          return "'"
              + task.task().name()
              + "' ("
              + task.task().position()
              + ")"
              + (hosts.isEmpty() ? "" : " on " + HostNames.of(hosts));
        });
  }

  private void progress(RunEvent.Progress e) {
    if (verbosity > 0) {
      out.println(style.dim("      " + e.host() + ": " + e.message()));
    } else {
      live(e.task().name() + "  " + e.host() + ": " + e.message());
    }
  }

  private void task(RunEvent.TaskFinished e) {
    boolean first = true;
    for (ResultText.Group group : ResultText.groups(results)) {
      if (group.status().bad()) {
        failures.add(
            e.task().name() + " (" + e.task().position() + ") on " + HostNames.of(group.hosts()));
      }
      String name = first ? e.task().name() : "";
      out.println(
          "  "
              + label(group)
              + " "
              + pad(name, NAME_WIDTH)
              + " "
              + HostNames.of(group.hosts())
              + style.dim(
                  group.delegate().map(d -> " on " + d).orElse("")
                      + (first ? "  " + Durations.of(e.took()) : "")));
      text.details(group, e.task()).forEach(line -> out.println("      " + line));
      first = false;
    }
  }

  private String label(ResultText.Group group) {
    Status status = group.status();
    String word =
        switch (status) {
          case OK -> group.one().diffs().isEmpty() ? "ok" : "differs";
          case CHANGED -> check ? "would change" : "changed";
          case UNKNOWN -> "unknown";
          case SKIPPED -> "skipped";
          case FAILED -> "FAILED";
          case IGNORED -> "ignored";
          case UNREACHABLE -> "UNREACHABLE";
        };
    String padded = pad(word, check ? 12 : 11);
    return switch (status) {
      case OK -> style.green(padded);
      case CHANGED -> style.yellow(padded);
      case UNKNOWN -> style.cyan(padded);
      case SKIPPED -> style.dim(padded);
      case FAILED, UNREACHABLE -> style.red(padded);
      case IGNORED -> style.cyan(padded);
    };
  }

  private static String pad(String text, int width) {
    return String.format(Locale.ROOT, "%-" + width + "s", text);
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
