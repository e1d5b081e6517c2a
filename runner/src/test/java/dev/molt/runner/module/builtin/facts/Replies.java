package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import java.nio.charset.StandardCharsets;

/** Hosts' answers that a test writes. */
final class Replies {
  private static final String MARK = "mark:";

  private Replies() {}

  /** Names and texts of sections by turns. */
  static Reply of(String... sections) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sections.length; i += 2) {
      text.append('\n').append(MARK).append(sections[i]).append('\n').append(sections[i + 1]);
    }
    return Reply.parse(text.toString().getBytes(StandardCharsets.UTF_8), MARK);
  }

  /** The facts that a source reads off an answer. */
  static MapValue facts(FactSource source, String... sections) {
    MapValue facts = MapValue.empty();
    source.reader().accept(of(sections), facts);
    return facts;
  }

  /** A fact, or what is within one, by names with dots between, as Python prints it. */
  static String text(MapValue facts, String path) {
    Value value = facts;
    for (String name : path.split("\\.")) {
      value = value instanceof MapValue map ? map.get(name) : null;
      if (value == null) {
        return "(absent)";
      }
    }
    return Python.str(value);
  }
}
