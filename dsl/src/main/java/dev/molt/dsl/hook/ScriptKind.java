package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a file in Groovy is, by the folder that it lies in. */
@SuppressWarnings("ImmutableEnumChecker") // method references and List.of do not change
public enum ScriptKind {
  HOOKS(List.of("hooks"), file -> Hooks.load(ScriptSource.file(file), true)),
  MODULE(List.of("library"), ModuleFile::load),
  FILTER(List.of("filters"), file -> PluginFile.load(file, "filter")),
  TEST(List.of("tests"), file -> PluginFile.load(file, "test")),
  LOOKUP(List.of("lookups"), file -> PluginFile.load(file, "lookup")),
  INVENTORY(List.of("inventory", "inventories"), InventoryFile::read);

  private final List<String> folders;
  private final Consumer<Path> reader;

  ScriptKind(List<String> folders, Consumer<Path> reader) {
    this.folders = folders;
    this.reader = reader;
  }

  /**
   * That of a file.
   *
   * @return empty for what is no Groovy, and where it lies elsewhere: then it is a playbook, or
   *     tasks
   */
  public static Optional<ScriptKind> of(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return ScriptSource.is(file) && folder.getFileName() != null
        ? Arrays.stream(values())
            .filter(kind -> kind.folders.contains(folder.getFileName().toString()))
            .findFirst()
        : Optional.empty();
  }

  /**
   * Compiles a file of this kind, and runs what stands outside of closures in it. Loads Groovy.
   *
   * @throws DiagnosticException with the place of every mistake
   */
  public void check(Path file) {
    reader.accept(file);
  }
}
