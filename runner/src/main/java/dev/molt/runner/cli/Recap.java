package dev.molt.runner.cli;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.RunEvent.RunFinished;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The end of a run: counts, what failed, how long services were down. */
final class Recap {
  private final PrintStream out;
  private final Style style;
  private final boolean check;
  private final boolean explained;

  /**
   * @param explained whether it was said before why somebody had nothing to do
   */
  Recap(PrintStream out, Style style, boolean check, boolean explained) {
    this.out = out;
    this.style = style;
    this.check = check;
    this.explained = explained;
  }

  void print(RunFinished run, Downtime downtime, List<String> failures, Optional<String> cutOff) {
    out.println();
    out.println(style.bold("RECAP") + "  " + Durations.of(run.took()));
    int width = run.hosts().stream().mapToInt(h -> h.host().length()).max().orElse(1);
    for (HostSummary host : run.hosts()) {
      out.println(
          "  " + String.format(Locale.ROOT, "%-" + width + "s", host.host()) + "  " + counts(host));
    }
    run.stats().forEach((of, stats) -> out.println("  " + stats(of, stats)));
    for (Downtime.Report report : downtime.reports()) {
      out.println("  " + outage(report));
    }
    boolean changed = run.hosts().stream().anyMatch(h -> h.changed() > 0);
    boolean unknown = run.hosts().stream().anyMatch(h -> h.unknown() > 0);
    boolean bad = run.hosts().stream().anyMatch(h -> h.failed() + h.unreachable() > 0);
    for (String failure : failures) {
      out.println(style.red("  failed: " + failure));
    }
    if (run.interrupted()) {
      out.println(
          style.red(
              cutOff
                  .map(
                      task ->
                          "  interrupted in "
                              + task
                              + ": it may be half done there; nothing after it was begun")
                  .orElse("  interrupted: the tasks above ended, nothing after them was begun")));
    } else if (bad || run.error().isPresent()) {
      out.println(style.red(bad ? "  the run failed" : "  the run failed: see below"));
    } else if (check) {
      out.println(
          changed || unknown
              ? "  checked: nothing was changed; a real run would change what is listed above"
              : "  checked: a real run would change nothing");
    } else if (run.hosts().stream().allMatch(Recap::idle)) {
      if (explained) {
        return;
      }
      out.println(style.yellow("  no task was run: do --tags and --skip-tags leave any?"));
    } else if (!changed) {
      out.println(style.green("  nothing was changed: everything is as the playbook wants it"));
    }
  }

  /** What set_stats gathered, of one host or of all. */
  private static String stats(String of, MapValue stats) {
    return "stats" + (of.equals("_run") ? "" : " of " + of) + ": " + Json.write(stats);
  }

  private static boolean idle(HostSummary h) {
    return h.ok() + h.skipped() + h.unknown() + h.rescued() == 0;
  }

  private String counts(HostSummary h) {
    StringBuilder line = new StringBuilder();
    add(line, "ok", h.ok());
    add(line, check ? "would change" : "changed", h.changed());
    add(line, "unknown", h.unknown());
    add(line, "skipped", h.skipped());
    add(line, "rescued", h.rescued());
    add(line, "ignored", h.ignored());
    if (h.failed() > 0) {
      line.append(style.red("failed " + h.failed())).append("  ");
    }
    if (h.unreachable() > 0) {
      line.append(style.red("unreachable " + h.unreachable())).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static void add(StringBuilder line, String what, int count) {
    if (count > 0 || what.equals("ok")) {
      line.append(what).append(' ').append(count).append("  ");
    }
  }

  private String outage(Downtime.Report report) {
    StringBuilder each = new StringBuilder();
    boolean down = false;
    for (Map.Entry<String, Optional<Duration>> host : report.hosts().entrySet()) {
      each.append(each.isEmpty() ? "" : ", ").append(host.getKey()).append(' ');
      each.append(host.getValue().map(Durations::of).orElse("STILL DOWN"));
      down |= host.getValue().isEmpty();
    }
    String everywhere =
        report
            .everywhere()
            .map(d -> " was down everywhere for " + style.bold(Durations.of(d)) + ";")
            .orElse(" was down:");
    String line = report.unit() + everywhere + " by host: " + each;
    return down ? style.red(line) : line;
  }
}
