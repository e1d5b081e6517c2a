package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.yaml.ScalarNode.Style;

/**
 * Finds the place of a piece of a scalar by walking what was written. Walked anew at each call: it
 * is asked for errors only, and keeping a map for every scalar would cost more than all the nodes.
 *
 * @param start offset of the scalar itself in the source: its first character, opening quote, or
 *     block indicator
 */
record ScalarOrigin(Source source, int start, Style style, String text) implements TextOrigin {
  @Override
  public Position at(int offset, int length) {
    int wanted = Math.max(0, Math.min(offset, text.length()));
    int end = Math.max(wanted, Math.min(text.length(), wanted + Math.max(1, length) - 1));
    RawWalk walk = new RawWalk(source.text(), start, style, text);
    int from = walk.offsetOf(wanted);
    Position position = source.at(from, 1);
    if (length <= 1) {
      return position;
    }
    // Escapes make what is underlined longer than the text that it gives.
    int to = walk.offsetOf(end);
    int lineRest = source.line(position.line()).length() - position.column() + 1;
    return position.withLength(Math.min(to - from + 1, Math.max(1, lineRest)));
  }
}
