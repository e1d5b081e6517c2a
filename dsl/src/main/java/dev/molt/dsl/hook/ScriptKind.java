package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import java.nio.file.Path;
import java.util.Optional;

/** What a file in Groovy is, by the folder that it lies in. */
public enum ScriptKind {
  HOOKS,
  MODULE,
  FILTER,
  TEST,
  LOOKUP,
  INVENTORY;

  /**
   * That of a file.
   *
   * @return empty for what is no Groovy, and where it lies elsewhere: then it is a playbook, or
   *     tasks
   */
  public static Optional<ScriptKind> of(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent().getFileName();
    if (!ScriptSource.is(file) || folder == null) {
      return Optional.empty();
    }
    return switch (folder.toString()) {
      case "hooks" -> Optional.of(HOOKS);
      case "library" -> Optional.of(MODULE);
      case "filters" -> Optional.of(FILTER);
      case "tests" -> Optional.of(TEST);
      case "lookups" -> Optional.of(LOOKUP);
      case "inventory", "inventories" -> Optional.of(INVENTORY);
      default -> Optional.empty();
    };
  }

  /**
   * Compiles a file of this kind, and runs what stands outside of closures in it. Loads Groovy.
   *
   * @throws DiagnosticException with the place of every mistake
   */
  public void check(Path file) {
    switch (this) {
      case HOOKS -> Hooks.load(ScriptSource.file(file), true);
      case MODULE -> ModuleFile.load(file);
      case FILTER -> PluginFile.load(file, "filter");
      case TEST -> PluginFile.load(file, "test");
      case LOOKUP -> PluginFile.load(file, "lookup");
      case INVENTORY -> InventoryFile.read(file);
    }
  }
}
