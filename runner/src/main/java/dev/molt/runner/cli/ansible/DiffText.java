package dev.molt.runner.cli.ansible;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.module.FieldDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What differs, as {@code --diff} shows it. */
final class DiffText {
  private static final Json.Options NESTED = new Json.Options(4, true, true, ",", ": ");

  private final Screen screen;
  private final DisplayOptions options;

  DiffText(Screen screen, DisplayOptions options) {
    this.screen = screen;
    this.options = options;
  }

  /** Empty where nothing differs, or nothing that can be shown. */
  String of(HostResult result) {
    Value given = result.result().get("diff");
    List<Value> all =
        given instanceof ListValue list
            ? list.items()
            : given instanceof MapValue map ? List.of(map) : fields(result);
    StringBuilder text = new StringBuilder();
    for (Value one : all) {
      if (one instanceof MapValue map) {
        one(map, text);
      }
    }
    return text.toString();
  }

  /** The same in the form in which modules of Ansible's give it. */
  private static List<Value> fields(HostResult result) {
    List<Value> all = new ArrayList<>();
    Map<String, MapValue[]> bySubject = new LinkedHashMap<>();
    for (FieldDiff diff : result.diffs()) {
      String subject = subject(diff, result.result());
      if (diff.field().equals("content")) {
        MapValue content = MapValue.empty();
        content.put("before", new StrValue(diff.before()));
        content.put("after", new StrValue(diff.after()));
        if (!subject.isEmpty()) {
          content.put("before_header", new StrValue(subject));
          content.put("after_header", new StrValue(subject));
        }
        all.add(content);
      } else {
        MapValue[] pair = bySubject.computeIfAbsent(subject, DiffText::named);
        pair[0].put(diff.field(), new StrValue(diff.before()));
        pair[1].put(diff.field(), new StrValue(diff.after()));
      }
    }
    bySubject.forEach(
        (s, pair) -> all.add(MapValue.empty().put("before", pair[0]).put("after", pair[1])));
    return all;
  }

  private static MapValue[] named(String subject) {
    MapValue[] pair = {MapValue.empty(), MapValue.empty()};
    if (!subject.isEmpty()) {
      for (MapValue side : pair) {
        side.put(subject.startsWith("/") ? "path" : "name", new StrValue(subject));
      }
    }
    return pair;
  }

  private static String subject(FieldDiff diff, MapValue result) {
    if (diff.subject().isEmpty()) {
      for (String key : List.of("dest", "path")) {
        if (result.get(key) instanceof StrValue path) {
          return path.text();
        }
      }
    }
    return diff.subject();
  }

  private void one(MapValue diff, StringBuilder text) {
    note(diff, "dst_binary", "destination file appears to be binary", text);
    note(diff, "src_binary", "source file appears to be binary", text);
    note(diff, "dst_larger", "destination file size is greater than ", text);
    note(diff, "src_larger", "source file size is greater than ", text);
    if (diff.has("before") && diff.has("after")) {
      List<String> lines =
          UnifiedDiff.lines(
              side(diff.get("before")),
              side(diff.get("after")),
              header(diff, "before"),
              header(diff, "after"),
              options.diffContext());
      lines.forEach(l -> text.append(screen.painted(l, colour(l))));
      text.append(lines.isEmpty() ? "" : "\n");
    }
    if (diff.has("prepared")) {
      text.append(Python.str(diff.get("prepared")));
    }
  }

  private static void note(MapValue diff, String key, String words, StringBuilder text) {
    Value value = diff.get(key);
    if (value != null) {
      String bound = value instanceof IntValue ? Python.str(value) : "";
      text.append("diff skipped: ").append(words).append(bound).append('\n');
    }
  }

  private String side(Value value) {
    if (value instanceof NullValue) {
      return "";
    } else if (value instanceof MapValue map) {
      return options.yaml()
          ? YamlDump.indented(map, 4, options.pretty().orElse(true))
          : Json.write(map, NESTED) + "\n";
    }
    return Python.str(value);
  }

  private static String header(MapValue diff, String side) {
    Value given = diff.get(side + "_header");
    return given == null ? side : side + ": " + Python.str(given);
  }

  private static Colour colour(String line) {
    return line.startsWith("+")
        ? Colour.DIFF_ADD
        : line.startsWith("-")
            ? Colour.DIFF_REMOVE
            : line.startsWith("@@") ? Colour.DIFF_LINES : Colour.NONE;
  }
}
