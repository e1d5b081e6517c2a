package dev.molt.dsl.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A text that somebody wrote, and the name by which they know it. Immutable and thread-safe;
 * compared by identity, since two files with the same content are still two places to look.
 */
public final class Source {
  private final String name;
  private final String text;
  private final String shown;
  private final int[] lineStarts;

  private final boolean confidential;

  private Source(String name, String text, String shown, boolean confidential) {
    this.name = name;
    this.text = text;
    this.shown = shown;
    this.confidential = confidential;
    this.lineStarts = lineStarts(text);
  }

  /** A text that stands in no file, such as a command-line argument; {@code name} says which. */
  public static Source inline(String name, String text) {
    return new Source(name, text, text, false);
  }

  /** A text that was encrypted: its lines are not to be shown to anybody. */
  public static Source confidential(String name, String text) {
    return new Source(name, text, text, true);
  }

  /**
   * What stands in this text from a place on, to be read by itself: blanks are before it, so that
   * its places are those in the whole, and the lines that are shown are the whole's.
   */
  public Source from(Position start) {
    int offset = lineStarts[start.line() - 1] + start.column() - 1;
    String before = text.substring(0, offset).replaceAll("[^\\r\\n]", " ");
    return new Source(name, before + text.substring(offset), shown, confidential);
  }

  /**
   * Reads a UTF-8 file; a byte-order mark at its start is no part of the text. Its name is the path
   * relative to the working directory where that is shorter, else the path as given.
   *
   * @throws IOException where it cannot be read
   * @throws DiagnosticException where it is not UTF-8, with the line
   */
  public static Source file(Path path) throws IOException {
    return Utf8.decode(displayName(path), Files.readAllBytes(path));
  }

  /**
   * Decodes UTF-8 that stands in no file, such as what a command has printed.
   *
   * @param name by which the user knows it
   * @throws DiagnosticException where it is not UTF-8, with the line
   */
  public static Source decoded(String name, byte[] bytes) {
    return Utf8.decode(name, bytes);
  }

  private static String displayName(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : path.toString();
  }

  public String name() {
    return name;
  }

  /** Whether no line of it may be shown. */
  public boolean isConfidential() {
    return confidential;
  }

  public String text() {
    return text;
  }

  /** How many lines there are; a text that ends with a line break does not begin another. */
  public int lineCount() {
    return lineStarts.length;
  }

  /**
   * One line without its line break.
   *
   * @param line counted from 1
   * @return the empty string for a line past the end
   */
  public String line(int line) {
    if (line < 1 || line > lineStarts.length) {
      return "";
    }
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] : shown.length();
    while (end > start && (shown.charAt(end - 1) == '\n' || shown.charAt(end - 1) == '\r')) {
      end--;
    }
    return shown.substring(start, end);
  }

  /**
   * The position of a stretch of the text.
   *
   * @param offset in UTF-16 units from the start of the text; past the end counts as the end
   * @param length how many units to underline, at least 1
   */
  public Position at(int offset, int length) {
    int within = Math.max(0, Math.min(offset, text.length()));
    int found = Arrays.binarySearch(lineStarts, within);
    int line = found >= 0 ? found : -found - 2;
    return new Position(this, line + 1, within - lineStarts[line] + 1, Math.max(1, length));
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = text.indexOf('\n'); i >= 0 && i + 1 < text.length(); ) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = i + 1;
      i = text.indexOf('\n', i + 1);
    }
    return Arrays.copyOf(starts, count);
  }

  @Override
  public String toString() {
    return name;
  }
}
