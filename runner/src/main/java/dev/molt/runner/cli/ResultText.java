package dev.molt.runner.cli;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.event.ShownValues;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.InternalKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts the results of a task into lines, those of hosts that agree together. */
final class ResultText {
  private static final int MAX_DIFFS = 6;
  private static final int MAX_VALUE = 70;
  private static final int MAX_OUTPUT_LINES = 20;

  private static final Pattern DIGEST = Pattern.compile("(sha256:[0-9a-f]{10})[0-9a-f]{54}");

  /** Beside what a debug task shows. */
  private static final Set<String> OF_EVERY_RESULT =
      Set.of("changed", "failed", "skipped", "item", "ansible_loop_var");

  private final Style style;
  private final boolean diff;
  private final int verbosity;

  ResultText(Style style, boolean diff, int verbosity) {
    this.style = style;
    this.diff = diff;
    this.verbosity = verbosity;
  }

  /** Hosts with the same outcome. */
  record Group(List<String> hosts, HostResult one) {
    Status status() {
      return one.status();
    }

    Optional<String> delegate() {
      return one.delegate();
    }
  }

  private record Key(
      Status status, String message, List<FieldDiff> diffs, Optional<String> delegate) {}

  static List<Group> groups(List<HostResult> results) {
    Map<Key, List<HostResult>> byKey = new LinkedHashMap<>();
    for (HostResult result : results) {
      boolean quiet = result.status() == Status.OK;
      Key key =
          new Key(
              result.status(),
              quiet && !shown(result) ? "" : said(result),
              result.diffs(),
              result.delegate());
      byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(result);
    }
    return byKey.values().stream()
        .map(same -> new Group(same.stream().map(HostResult::host).toList(), same.get(0)))
        .toList();
  }

  private static boolean shown(HostResult result) {
    return result.result().get("msg") != null || result.result().has(InternalKeys.VERBOSE_ALWAYS);
  }

  /** What is shown of it: hosts that say different things are told apart. */
  private static String said(HostResult result) {
    return result.result().has(InternalKeys.VERBOSE_ALWAYS)
        ? Python.repr(ShownValues.of(result.result()))
        : result.message();
  }

  List<String> details(Group group, TaskInfo task) {
    List<String> lines = new ArrayList<>();
    HostResult one = group.one();
    MapValue shown = ShownValues.of(one.result());
    if (group.status().bad() || group.status() == Status.IGNORED) {
      one.message().lines().forEach(l -> lines.add(style.red(l)));
      output(one.result(), lines);
      if (group.status().bad()) {
        lines.add(style.dim("at " + task.position()));
      }
    } else if (task.module().equals("debug") && group.status() != Status.SKIPPED) {
      debug(shown, lines);
    } else if (group.status() == Status.UNKNOWN
        // Which only a hook gives a reason for.
        || group.status() == Status.SKIPPED
        || (task.module().equals("assert") && verbosity > 0)) {
      one.message().lines().forEach(l -> lines.add(style.dim(l)));
    }
    if (group.status() == Status.OK && !one.diffs().isEmpty() && verbosity == 0 && !diff) {
      // Only looked at; the task that makes the change shows what it is.
      lines.add(style.dim(one.diffs().size() + " differences (-v shows them)"));
    } else {
      diffs(one.diffs(), lines);
    }
    if (verbosity > 1) {
      lines.add(style.dim(Json.write(shown)));
    } else if (verbosity > 0 && group.status() == Status.CHANGED) {
      output(one.result(), lines);
    }
    warnings(one.result(), lines);
    return lines;
  }

  /** What a debug task is for; of one with a loop, what it is for each item. */
  private static void debug(MapValue result, List<String> lines) {
    if (result.get("results") instanceof ListValue items) {
      for (Value item : items.items()) {
        if (item instanceof MapValue map && !BoolValue.TRUE.equals(map.get("skipped"))) {
          message(map, lines);
        }
      }
    } else {
      message(result, lines);
    }
  }

  private static void message(MapValue result, List<String> lines) {
    boolean message = result.has("msg");
    for (Map.Entry<Value, Value> entry : result.entries().entrySet()) {
      String key = entry.getKey() instanceof StrValue s ? s.text() : "";
      if (message && key.equals("msg")) {
        String text =
            entry.getValue() instanceof StrValue s ? s.text() : Json.write(entry.getValue());
        text.lines().forEach(lines::add);
      } else if (!message && !OF_EVERY_RESULT.contains(key)) {
        lines.add(key + ": " + Json.write(entry.getValue()));
      }
    }
  }

  /** What the module has to say beside its result. */
  private void warnings(MapValue result, List<String> lines) {
    if (result.get("warnings") instanceof ListValue warnings) {
      warnings.items().forEach(w -> lines.add(style.yellow("warning: " + Python.str(w))));
    }
  }

  /** What the command itself said. */
  private void output(MapValue result, List<String> lines) {
    for (String stream : List.of("stdout", "stderr")) {
      if (result.get(stream) instanceof StrValue s && !s.text().isBlank()) {
        List<String> all = s.text().lines().toList();
        int from = Math.max(0, all.size() - MAX_OUTPUT_LINES);
        if (from > 0) {
          lines.add(style.dim(stream + " | (" + from + " lines before)"));
        }
        all.subList(from, all.size()).forEach(l -> lines.add(style.dim(stream + " | ") + l));
      }
    }
  }

  private void diffs(List<FieldDiff> diffs, List<String> lines) {
    int limit = diff || verbosity > 0 ? Integer.MAX_VALUE : MAX_DIFFS;
    int shown = 0;
    for (FieldDiff d : diffs) {
      if (shown++ >= limit) {
        lines.add(style.dim("... and " + (diffs.size() - limit) + " more (-v shows all)"));
        return;
      }
      one(d, lines);
    }
  }

  private void one(FieldDiff d, List<String> lines) {
    String what = (d.subject() + " " + d.field()).strip();
    boolean text = d.before().contains("\n") || d.after().contains("\n");
    if (text && diff) {
      lines.add(style.bold(what));
      for (String line : TextDiff.lines(d.before(), d.after())) {
        lines.add(
            line.startsWith("+")
                ? style.green(line)
                : line.startsWith("-") ? style.red(line) : line);
      }
    } else if (text) {
      lines.add(
          what
              + ": "
              + d.before().lines().count()
              + " -> "
              + d.after().lines().count()
              + " lines"
              + style.dim(" (--diff shows them)"));
    } else {
      lines.add(what + ": " + shown(d.before()) + " -> " + shown(d.after()));
    }
  }

  private static String shown(String value) {
    if (value.isEmpty()) {
      return "(none)";
    }
    // As git shortens them: enough to tell two apart.
    String shortened = DIGEST.matcher(value).replaceAll("$1…");
    return shortened.length() > MAX_VALUE ? shortened.substring(0, MAX_VALUE - 1) + "…" : shortened;
  }
}
