package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.yaml.SequenceNode;
import java.nio.file.Path;

/**
 * A playbook in Groovy, or a file of tasks: read as if what it says had been written in YAML, so
 * that the same is checked. Loading this class loads no Groovy, reading a file does.
 */
public final class PlaybookFile {
  private PlaybookFile() {}

  /**
   * Runs it.
   *
   * @throws DiagnosticException with the place of every mistake, and for a file that others can
   *     write
   */
  public static SequenceNode read(Path file) {
    ScriptSource source = ScriptSource.file(file);
    return LoadedScript.of(source, PlaybookScript.class, PlaybookScript.class)
        .with(script -> script.read(source));
  }
}
