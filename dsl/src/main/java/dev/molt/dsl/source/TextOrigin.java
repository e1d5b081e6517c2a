package dev.molt.dsl.source;

/** Says where in a source a piece of text that was taken out of it stands. */
@FunctionalInterface
public interface TextOrigin {
  /**
   * The place of a stretch of that text.
   *
   * @param offset in UTF-16 units from the start of the piece of text
   * @param length how much to underline, at least 1
   */
  Position at(int offset, int length);

  /** For a text that is a whole source. */
  static TextOrigin of(Source source) {
    return source::at;
  }
}
