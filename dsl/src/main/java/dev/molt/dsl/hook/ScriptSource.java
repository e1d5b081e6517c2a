package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A text in Groovy, and where each of its lines stands: a file of its own, or a value in YAML.
 * Immutable.
 */
public final class ScriptSource {
  private final String name;
  private final String text;
  private final Place place;
  private final Optional<ScriptSource> alone;

  /** Where a line and column of the script, both from 1, are for people. */
  @FunctionalInterface
  private interface Place {
    Position of(int line, int column, int length);
  }

  private ScriptSource(String name, String text, Place place, Optional<ScriptSource> alone) {
    this.name = name;
    this.text = text;
    this.place = place;
    this.alone = alone;
  }

  /** Whether a file holds a script, by its name. */
  public static boolean is(Path file) {
    return file.getFileName().toString().endsWith(".groovy");
  }

  /**
   * A file, which nobody else may be able to change (see {@link Trust}): what stands in it is done
   * with the operator's rights.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where others can, or it cannot be read
   */
  public static ScriptSource file(Path file) {
    try {
      Trust.ofUser().check(file);
      Source source = Source.file(file);
      return new ScriptSource(
          file.toAbsolutePath().normalize().toString(),
          source.text(),
          (line, column, length) -> at(source, line, column, length),
          Optional.empty());
    } catch (IOException e) {
      throw Diagnostic.error("cannot read " + file + ": " + e.getMessage()).asException();
    }
  }

  /**
   * A few lines that stand in a playbook, which nobody else may be able to change either.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where others can
   */
  static ScriptSource inPlaybook(ScalarNode node, String before, String after) {
    Path file = Path.of(node.position().source().name());
    try {
      if (Files.isRegularFile(file)) {
        Trust.ofUser().check(file);
      }
    } catch (IOException e) {
      throw Diagnostic.error("cannot read " + file + ": " + e.getMessage()).asException();
    }
    return inPlace(node, before, after);
  }

  /**
   * A few lines that stand somewhere.
   *
   * @param before what comes before them on their first line, such as the name of a closure and its
   *     brace
   * @param after what comes after them
   */
  public static ScriptSource inPlace(ScalarNode node, String before, String after) {
    Source lines = Source.inline("", node.text());
    return new ScriptSource(
        node.position().source().name() + ":" + node.position().line(),
        before + node.text() + after,
        (line, column, length) -> {
          int written = line == 1 ? column - before.length() : column;
          return node.origin().at(offset(lines, line, Math.max(1, written)), Math.max(1, length));
        },
        before.isEmpty() && after.isEmpty()
            ? Optional.empty()
            : Optional.of(inPlace(node, "", "")));
  }

  private static int offset(Source source, int line, int column) {
    int offset = 0;
    for (int i = 1; i < line; i++) {
      int next = source.text().indexOf('\n', offset);
      if (next < 0) {
        return source.text().length();
      }
      offset = next + 1;
    }
    return Math.min(offset + column - 1, source.text().length());
  }

  private static Position at(Source source, int line, int column, int length) {
    return source.at(offset(source, line, column), length);
  }

  /** Its file, or the place in YAML, for compilers and stack traces. */
  public String name() {
    return name;
  }

  /** The lines without what is put around them, where something is. */
  Optional<ScriptSource> alone() {
    return alone;
  }

  /** What is compiled. */
  public String text() {
    return text;
  }

  /**
   * Where a place of the compiled text is for people.
   *
   * @param line from 1
   * @param column from 1; below 1 for the whole line
   */
  public Position at(int line, int column, int length) {
    if (column >= 1) {
      return place.of(line, column, length);
    }
    String[] lines = text.split("\n", -1);
    String written = line <= lines.length ? lines[line - 1] : "";
    String stripped = written.strip();
    return place.of(line, 1 + written.indexOf(stripped), Math.max(1, stripped.length()));
  }
}
