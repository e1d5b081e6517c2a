package dev.molt.dsl.source;

/**
 * A stretch of one line of a source.
 *
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 units
 * @param length how much to underline, at least 1
 */
public record Position(Source source, int line, int column, int length) {
  /** The same place, underlining {@code newLength} units. */
  public Position withLength(int newLength) {
    return new Position(source, line, column, Math.max(1, newLength));
  }

  /** {@code file:line:column}, as compilers print it. */
  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }
}
