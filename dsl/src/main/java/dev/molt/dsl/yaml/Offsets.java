package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Source;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;

/** Turns the parser's places, counted in code points, into offsets in UTF-16 units. */
final class Offsets {
  /** UTF-16 offset of each code point; null where the two are the same, as in nearly all texts. */
  private final int[] units;

  private final int length;

  Offsets(Source source) {
    String text = source.text();
    length = text.length();
    int points = text.codePointCount(0, length);
    if (points == length) {
      units = null;
      return;
    }
    units = new int[points];
    for (int unit = 0, point = 0; point < points; point++) {
      units[point] = unit;
      unit += Character.charCount(text.codePointAt(unit));
    }
  }

  int of(Event event) {
    return of(event.getStartMark());
  }

  int of(Mark mark) {
    int index = mark.getIndex();
    if (units == null) {
      return Math.min(index, length);
    }
    return index < units.length ? units[index] : length;
  }
}
