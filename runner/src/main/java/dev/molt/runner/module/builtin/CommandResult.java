package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.remote.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The result keys of command and shell, in the form that playbooks for Ansible read. */
final class CommandResult {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u000b\f\u001c-\u001e]");

  private CommandResult() {}

  /** What a command that ran gives. */
  static MapValue ran(
      Value cmd, int rc, String stdout, String stderr, Instant start, Duration took) {
    MapValue result = MapValue.empty().put("cmd", cmd).put("rc", IntValue.of(rc));
    output(result, stdout, stderr);
    return result
        .put("start", new StrValue(time(start)))
        .put("end", new StrValue(time(start.plus(took))))
        .put("delta", new StrValue(delta(took)))
        .put("msg", new StrValue(rc == 0 ? "" : "non-zero return code"));
  }

  /** What one gives that need not run. */
  static MapValue skipped(Value cmd, Precondition.Met why) {
    MapValue result = MapValue.empty().put("cmd", cmd).put("rc", IntValue.of(0));
    output(result, "skipped, since " + why.path() + " " + why.words(), "");
    return result
        .put("start", NullValue.NULL)
        .put("end", NullValue.NULL)
        .put("delta", NullValue.NULL)
        .put("msg", new StrValue("Did not run command since " + why.text()));
  }

  /** What one gives that could not be started: no such program, no such directory. */
  static MapValue notStarted(Value cmd, int rc, String msg) {
    MapValue result = MapValue.empty().put("cmd", cmd).put("rc", IntValue.of(rc));
    output(result, "", "");
    return result.put("msg", new StrValue(msg));
  }

  static void output(MapValue result, String stdout, String stderr) {
    result.put("stdout", new StrValue(stdout));
    result.put("stdout_lines", ListValue.ofStrings(lines(stdout)));
    result.put("stderr", new StrValue(stderr));
    result.put("stderr_lines", ListValue.ofStrings(lines(stderr)));
  }

  /** Says that there was more output than is kept, in a key and, for who only looks, a warning. */
  static void cutOff(MapValue result) {
    List<Value> warnings = new ArrayList<>();
    if (result.get("warnings") instanceof ListValue before) {
      warnings.addAll(before.items());
    }
    long limit = Script.DEFAULT_MAX_OUTPUT >> 20;
    warnings.add(new StrValue("there was more output than " + limit + " MiB: the rest is lost"));
    result.put("truncated", BoolValue.TRUE).put("warnings", new ListValue(warnings));
  }

  /** Lines without their breaks; a break at the end ends the last line and begins no other. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(Arrays.asList(LINE_BREAK.split(text, -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** As {@code 0:00:01.250000}; days stand before it, as in {@code 2 days, 3:00:00.000000}. */
  static String delta(Duration took) {
    long days = took.toDays();
    String clock =
        String.format(
            Locale.ROOT,
            "%d:%02d:%02d.%06d",
            took.toHoursPart(),
            took.toMinutesPart(),
            took.toSecondsPart(),
            took.toNanosPart() / 1000);
    return days == 0 ? clock : days + (days == 1 ? " day, " : " days, ") + clock;
  }
}
