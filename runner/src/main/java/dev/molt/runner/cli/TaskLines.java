package dev.molt.runner.cli;

import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The lines of a task: a word, what, and where, in columns. */
final class TaskLines {
  private static final int NAME_WIDTH = 52;

  private final PrintStream out;
  private final Style style;
  private final ResultText text;
  private boolean check;

  TaskLines(PrintStream out, Style style, ResultText text) {
    this.out = out;
    this.style = style;
    this.text = text;
  }

  /** Whether changes are only foretold. */
  void check(boolean only) {
    check = only;
  }

  /** Something that happened between tasks. */
  void quiet(String word, String what, String hosts) {
    out.println(style.dim("  " + pad(word, width()) + " " + pad(what, NAME_WIDTH) + " " + hosts));
  }

  void print(RunEvent.TaskFinished e, List<HostResult> results) {
    TaskInfo task = e.task();
    boolean first = true;
    for (ResultText.Group group : ResultText.groups(results)) {
      if (group.status() == Status.OK && includes(task)) {
        continue;
      }
      String name = (task.handler() ? "handler: " : "") + task.title();
      out.println(
          "  "
              + label(group)
              + " "
              + pad(first ? name : "", NAME_WIDTH)
              + " "
              + HostNames.of(group.hosts())
              + style.dim(
                  group.delegate().map(d -> " on " + d).orElse("")
                      + (first ? "  " + Durations.of(e.took()) : "")));
      text.details(group, task).forEach(line -> out.println("      " + line));
      first = false;
    }
  }

  /** What it brings in says so itself. */
  private static boolean includes(TaskInfo task) {
    return task.module().equals("include_tasks") || task.module().equals("include_role");
  }

  private int width() {
    return check ? 12 : 11;
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
    String padded = pad(word, width());
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
}
