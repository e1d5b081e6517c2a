package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;

/**
 * A single value.
 *
 * @param text as written, without quotes, escapes resolved, lines folded
 * @param value what YAML 1.1 makes of it: null, bool, int, float or string
 * @param style how it was written
 * @param tag an explicit local tag such as {@code !vault} or {@code !unsafe}, else the empty string
 * @param origin maps an offset in {@code text} to its place in the source, as exactly as folding
 *     and escapes allow
 */
public record ScalarNode(
    Position position, String text, Value value, Style style, String tag, TextOrigin origin)
    implements Node {

  /** How a scalar was written; only a plain one can be anything but a string. */
  public enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED
  }

  /** A text that nobody wrote, shown as standing at a place that somebody did. */
  public static ScalarNode made(Position position, String text) {
    return new ScalarNode(
        position, text, new StrValue(text), Style.PLAIN, "", (offset, length) -> position);
  }

  /** A stretch of the text, as a string with a place of its own. */
  public ScalarNode part(int from, int to) {
    String piece = text.substring(from, to);
    TextOrigin whole = origin;
    return new ScalarNode(
        whole.at(from, Math.max(1, to - from)),
        piece,
        new StrValue(piece),
        style,
        tag,
        (offset, length) -> whole.at(from + offset, length));
  }

  public boolean isNull() {
    return value instanceof NullValue;
  }

  public boolean isString() {
    return value instanceof StrValue;
  }

  /** Whether the text is encrypted ({@code !vault}). */
  public boolean isVault() {
    return tag.equals("!vault") || tag.equals("!vault-encrypted");
  }

  /** Whether the text is never to be taken for a template ({@code !unsafe}). */
  public boolean isUnsafe() {
    return tag.equals("!unsafe");
  }

  @Override
  public String kind() {
    if (value instanceof NullValue) {
      return "null";
    } else if (value instanceof BoolValue) {
      return "a boolean";
    } else if (value instanceof IntValue || value instanceof FloatValue) {
      return "a number";
    }
    return "a string";
  }
}
