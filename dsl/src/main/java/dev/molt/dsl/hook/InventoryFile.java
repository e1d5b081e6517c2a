package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import java.nio.file.Path;
import java.util.List;

/** An inventory in Groovy: what it says, in its order. Loading this class loads Groovy. */
public final class InventoryFile {
  private InventoryFile() {}

  /** Something that an inventory says. */
  public sealed interface Entry {
    /** The line that says it. */
    Position position();
  }

  /** There is a host. */
  public record Host(Position position, String name, MappingNode vars) implements Entry {}

  /** There is a group. */
  public record Group(Position position, String name) implements Entry {}

  /** A host is in a group. */
  public record Member(Position position, String group, String host) implements Entry {}

  /** A group has variables. */
  public record Vars(Position position, String group, MappingNode vars) implements Entry {}

  /** A group is in another. */
  public record Child(Position position, String group, String child) implements Entry {}

  /**
   * Runs it.
   *
   * @throws DiagnosticException with the place of every mistake, and for a file that others can
   *     write
   */
  public static List<Entry> read(Path file) {
    ScriptSource source = ScriptSource.file(file);
    return LoadedScript.of(source, InventoryScript.class, InventoryScript.class)
        .with(script -> script.entries(source));
  }
}
