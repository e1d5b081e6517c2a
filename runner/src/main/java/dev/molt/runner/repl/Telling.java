package dev.molt.runner.repl;

import dev.molt.dsl.template.library.YamlText;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.cli.TextDiff;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.ShownValues;
import dev.molt.runner.module.FieldDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts results into words. Stateless. */
final class Telling {
  private static final Json.Options ONE_LINE = new Json.Options(-1, false, false, ", ", ": ");
  private static final int MAX_VALUE = 70;
  private static final int MAX_DIFFS = 12;

  /** What every result has, and what says what was asked for or how long it took. */
  private static final Set<String> NOT_SAID =
      Set.of(
          "changed",
          "failed",
          "skipped",
          "unreachable",
          "msg",
          "item",
          "ansible_loop_var",
          "warnings",
          "deprecations",
          "diff",
          "invocation",
          "start",
          "end",
          "delta",
          "cmd",
          "stdout",
          "stderr",
          "stdout_lines",
          "stderr_lines",
          "rc",
          "skip_reason",
          "false_condition",
          "results",
          "attempts",
          "ansible_facts");

  private final boolean check;
  private final boolean texts;

  /**
   * @param check whether changes were only foretold
   * @param texts whether to show texts before and after
   */
  Telling(boolean check, boolean texts) {
    this.check = check;
    this.texts = texts;
  }

  /** The value of an expression. */
  static Told value(HostResult result) {
    if (result.status() != Status.OK) {
      return new Telling(false, false).of(result);
    }
    Value value = result.result().get("msg");
    return Told.text("", value == null ? "" : text(value));
  }

  /** As {@link #value}: texts as they are, small things on one line, others as YAML. */
  static String text(Value value) {
    if (value instanceof StrValue text) {
      return text.text();
    }
    try {
      String json = Json.write(value, ONE_LINE);
      boolean container = value instanceof MapValue || value instanceof ListValue;
      return container && json.length() > MAX_VALUE ? YamlText.block(value) : json;
    } catch (ValueException e) {
      return Python.str(value);
    }
  }

  Told of(HostResult result) {
    MapValue shown = ShownValues.of(result.result());
    if (result.status().bad() || result.status() == Status.IGNORED) {
      return failure(result, shown);
    } else if (shown.get("results") instanceof ListValue items) {
      return items(result, items);
    } else if (shown.has("stdout") && result.status() != Status.UNKNOWN) {
      return output(result, shown);
    }
    List<String> body = new ArrayList<>();
    String head = result.message();
    if (result.status() != Status.UNKNOWN && result.status() != Status.SKIPPED) {
      head =
          shown.has("msg") ? text(shown.get("msg")) : result.diffs().isEmpty() ? facts(shown) : "";
    }
    if (head.contains("\n")) {
      body.addAll(head.lines().toList());
      head = "";
    }
    diffs(result.diffs(), body);
    warnings(shown, body);
    return new Told(word(result), head, body);
  }

  private String word(HostResult result) {
    return switch (result.status()) {
      case OK -> result.diffs().isEmpty() ? "ok" : "differs";
      case CHANGED -> check ? "would change" : "changed";
      case UNKNOWN -> "unknown";
      case SKIPPED -> "skipped";
      case FAILED -> "FAILED";
      case IGNORED -> "ignored";
      case UNREACHABLE -> "UNREACHABLE";
    };
  }

  private Told failure(HostResult result, MapValue shown) {
    List<String> lines = new ArrayList<>(result.message().lines().toList());
    String head = lines.isEmpty() ? "" : lines.remove(0);
    if (shown.get("rc") instanceof IntValue rc && shown.has("stdout")) {
      head = "rc " + Python.str(rc) + (head.startsWith("non-zero") ? "" : "  " + head);
    }
    stream(shown, "stdout", "", lines);
    stream(shown, "stderr", "stderr | ", lines);
    if (shown.get("results") instanceof ListValue items) {
      lines.addAll(items(result, items).body());
    }
    diffs(result.diffs(), lines);
    return new Told(word(result), head.strip(), lines);
  }

  /** What a command said is the answer; that it ran is no news. */
  private Told output(HostResult result, MapValue shown) {
    List<String> body = new ArrayList<>();
    stream(shown, "stdout", "", body);
    int said = body.size();
    stream(shown, "stderr", "stderr | ", body);
    warnings(shown, body);
    String word = result.diffs().isEmpty() ? "" : word(result);
    diffs(result.diffs(), body);
    if (body.isEmpty()) {
      return new Told(word, result.status() == Status.SKIPPED ? "skipped" : "(no output)", body);
    }
    return said == 1 && body.size() == 1
        ? new Told(word, body.get(0), List.of())
        : new Told(word, "", body);
  }

  private static void stream(MapValue shown, String key, String prefix, List<String> lines) {
    if (shown.get(key) instanceof StrValue text && !text.text().isBlank()) {
      text.text().stripTrailing().lines().forEach(l -> lines.add(prefix + l));
    }
  }

  private Told items(HostResult result, ListValue items) {
    List<String> body = new ArrayList<>();
    for (Value item : items.items()) {
      if (item instanceof MapValue map) {
        String word =
            BoolValue.TRUE.equals(map.get("failed"))
                ? "FAILED  "
                : BoolValue.TRUE.equals(map.get("skipped"))
                    ? "skipped  "
                    : BoolValue.TRUE.equals(map.get("changed"))
                        ? (check ? "would change  " : "changed  ")
                        : "";
        String said = said(map);
        String label = map.get("item") == null ? "" : "item " + text(map.get("item")) + ": ";
        body.add(label + word + said.replace('\n', ' '));
      }
    }
    diffs(result.diffs(), body);
    return new Told(word(result), items.items().size() + " items", body);
  }

  private static String said(MapValue item) {
    if (!(item.get("stdout") instanceof StrValue out)) {
      return item.has("msg") ? text(item.get("msg")) : facts(item);
    }
    List<String> parts = new ArrayList<>();
    if (item.get("rc") instanceof IntValue rc && !rc.value().equals(java.math.BigInteger.ZERO)) {
      parts.add("rc " + Python.str(rc));
    }
    parts.add(out.text().strip());
    if (item.get("stderr") instanceof StrValue err && !err.text().isBlank()) {
      parts.add("stderr | " + err.text().strip());
    }
    return String.join("  ", parts.stream().filter(p -> !p.isEmpty()).toList());
  }

  /** What a module found out, in short. */
  private static String facts(MapValue shown) {
    List<String> words = new ArrayList<>();
    if (shown.get("status") instanceof MapValue unit && unit.has("ActiveState")) {
      words.add(text(unit.get("ActiveState")) + " (" + text(unit.get("SubState")) + ")");
    }
    if (shown.get("stat") instanceof MapValue stat) {
      path(stat, words);
      return String.join(", ", words);
    }
    for (Map.Entry<Value, Value> entry : shown.entries().entrySet()) {
      String key = Python.str(entry.getKey());
      boolean ofUnit = !words.isEmpty() && Set.of("status", "name", "state").contains(key);
      if (!NOT_SAID.contains(key) && !ofUnit) {
        say(key, entry.getValue(), words);
      }
    }
    if (shown.get("ansible_facts") instanceof MapValue facts) {
      words.add(facts.entries().size() + " facts");
    }
    return String.join(", ", words);
  }

  private static void path(MapValue stat, List<String> words) {
    if (!BoolValue.TRUE.equals(stat.get("exists"))) {
      words.add("does not exist");
      return;
    }
    String kind =
        BoolValue.TRUE.equals(stat.get("isdir"))
            ? "directory"
            : BoolValue.TRUE.equals(stat.get("islnk")) ? "link" : "file";
    words.add(kind);
    for (String key : List.of("mode", "pw_name", "gr_name", "size", "lnk_target")) {
      if (stat.has(key)) {
        words.add(key + "=" + text(stat.get(key)));
      }
    }
  }

  private static void say(String key, Value value, List<String> words) {
    if (value instanceof NullValue) {
      return;
    }
    String text = value instanceof StrValue s ? s.text() : oneLine(value);
    boolean small = text.length() <= MAX_VALUE && !text.contains("\n");
    if (small) {
      words.add(key + "=" + text);
    } else if (value instanceof MapValue map) {
      words.add(key + ": " + map.entries().size() + " keys");
    } else if (value instanceof ListValue list) {
      words.add(key + ": " + list.items().size() + " items");
    } else {
      words.add(key + ": " + text.length() + " characters");
    }
  }

  private static String oneLine(Value value) {
    try {
      return Json.write(value, ONE_LINE);
    } catch (ValueException e) {
      return Python.str(value);
    }
  }

  private static void warnings(MapValue shown, List<String> body) {
    if (shown.get("warnings") instanceof ListValue all) {
      all.items().forEach(w -> body.add("warning: " + Python.str(w)));
    }
  }

  /** What differs, or differed; all of it, where texts are to be shown. */
  void diffs(List<FieldDiff> diffs, List<String> body) {
    int limit = texts ? Integer.MAX_VALUE : MAX_DIFFS;
    for (int i = 0; i < diffs.size(); i++) {
      if (i == limit) {
        body.add("... and " + (diffs.size() - limit) + " more (:diff shows all)");
        return;
      }
      FieldDiff d = diffs.get(i);
      String what = (d.subject() + " " + d.field()).strip();
      boolean text = d.before().contains("\n") || d.after().contains("\n");
      if (text && texts) {
        body.add(what);
        body.addAll(TextDiff.lines(d.before(), d.after()));
      } else if (text) {
        body.add(
            "%s: %d -> %d lines (:diff shows them)"
                .formatted(what, d.before().lines().count(), d.after().lines().count()));
      } else {
        body.add(what + ": " + shortened(d.before()) + " -> " + shortened(d.after()));
      }
    }
  }

  private String shortened(String value) {
    if (value.isEmpty()) {
      return "(none)";
    }
    return value.length() > MAX_VALUE && !texts ? value.substring(0, MAX_VALUE - 1) + "…" : value;
  }
}
