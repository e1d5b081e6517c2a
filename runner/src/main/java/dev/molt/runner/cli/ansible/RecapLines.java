package dev.molt.runner.cli.ansible;

import dev.molt.dsl.value.MapValue;
import dev.molt.runner.event.RunEvent.HostSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The end of a run: a line of counts for each host that did anything, and what set_stats set. */
final class RecapLines {
  private static final String WHOLE_RUN = "_run";

  private final Screen screen;
  private final DisplayOptions options;

  RecapLines(Screen screen, DisplayOptions options) {
    this.screen = screen;
    this.options = options;
  }

  void print(List<HostSummary> all, Map<String, MapValue> stats) {
    screen.banner("PLAY RECAP");
    List<HostSummary> hosts =
        all.stream()
            .filter(RecapLines::counted)
            .sorted(Comparator.comparing(HostSummary::host))
            .toList();
    hosts.forEach(h -> screen.line(line(h), Colour.NONE));
    screen.line("", Colour.NONE);
    if (options.customStats() && !stats.isEmpty()) {
      stats(stats);
    }
  }

  private static boolean counted(HostSummary h) {
    return h.ok()
            + h.changed()
            + h.unreachable()
            + h.failed()
            + skipped(h)
            + h.rescued()
            + h.ignored()
        > 0;
  }

  /** What a check cannot know it does not run. */
  private static int skipped(HostSummary h) {
    return h.skipped() + h.unknown();
  }

  private String line(HostSummary h) {
    return name(h)
        + " : "
        + count("ok", h.ok(), Colour.OK)
        + " "
        + count("changed", h.changed(), Colour.CHANGED)
        + " "
        + count("unreachable", h.unreachable(), Colour.UNREACHABLE)
        + " "
        + count("failed", h.failed(), Colour.ERROR)
        + " "
        + count("skipped", skipped(h), Colour.SKIP)
        + " "
        + count("rescued", h.rescued(), Colour.OK)
        + " "
        + count("ignored", h.ignored(), Colour.WARN);
  }

  private String name(HostSummary h) {
    Colour colour =
        h.failed() + h.unreachable() > 0
            ? Colour.ERROR
            : h.changed() > 0 ? Colour.CHANGED : Colour.OK;
    String padding = " ".repeat(Math.max(0, 26 - h.host().codePointCount(0, h.host().length())));
    return screen.painted(h.host(), colour) + padding;
  }

  private String count(String what, int count, Colour colour) {
    String text = String.format(Locale.ROOT, "%s=%-4d", what, count);
    return count == 0 ? text : screen.painted(text, colour);
  }

  private void stats(Map<String, MapValue> stats) {
    screen.banner("CUSTOM STATS:");
    for (Map.Entry<String, MapValue> entry : new TreeMap<>(stats).entrySet()) {
      if (!entry.getKey().equals(WHOLE_RUN)) {
        screen.line("\t" + entry.getKey() + ": " + ResultDump.line(entry.getValue()), Colour.NONE);
      }
    }
    if (stats.containsKey(WHOLE_RUN)) {
      screen.line("", Colour.NONE);
      screen.line("\tRUN: " + ResultDump.line(stats.get(WHOLE_RUN)), Colour.NONE);
    }
    screen.line("", Colour.NONE);
  }
}
