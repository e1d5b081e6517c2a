package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.InventoryOptions.Broken;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Loads inventories: YAML and INI files, directories of them, lists of names, executables that
 * print JSON, and descriptions of {@code constructed} and {@code generator} inventories. All
 * mistakes in all files are reported together. Nothing is written. Thread-safe.
 */
public final class InventoryLoader {
  private InventoryLoader() {}

  /** As below, for those who have no vault password: an encrypted file is an error. */
  public static Inventory load(List<String> sources, Path playbookDir) {
    return load(sources, InventoryOptions.defaults().withPlaybookDir(playbookDir));
  }

  /** As below, with a playbook's directory, which may be null, and a way to decrypt. */
  public static Inventory load(
      List<String> sources, Path playbookDir, UnaryOperator<Source> unlock) {
    return load(
        sources, InventoryOptions.defaults().withPlaybookDir(playbookDir).withUnlock(unlock));
  }

  /**
   * Loads and merges sources in order: a later one may add to what earlier ones say, and its
   * variables win over theirs. Also reads the {@code group_vars} and {@code host_vars} beside them.
   * What it gives can be loaded anew with {@link Inventory#reload}.
   *
   * @param sources paths of files or directories, or lists of names with a comma in them: {@code
   *     n1,n2} or {@code n[1:9],}; none at all gives an inventory without hosts
   * @throws DiagnosticException for everything that is wrong in them, and for sources that do not
   *     exist
   */
  public static Inventory load(List<String> sources, InventoryOptions options) {
    List<String> kept = List.copyOf(sources);
    SourceReader reader = new SourceReader(options);
    Set<Path> bases = new LinkedHashSet<>();
    for (String name : kept) {
      reader.read(name);
      base(name).ifPresent(bases::add);
    }
    InventoryBuilder builder = reader.builder();
    if (!kept.isEmpty() && !reader.any() && options.broken() == Broken.ERROR_IF_ALL) {
      builder.warnings.forEach(builder.problems::add);
      builder.problems.add(
          Diagnostic.error("none of the inventories could be read: " + String.join(", ", kept)));
    }
    bases.forEach(b -> builder.varsDirectories.add(reader.directory(b)));
    Optional<Path> playbooks =
        options
            .playbookDir()
            .map(d -> d.toAbsolutePath().normalize())
            .filter(d -> !bases.contains(d));
    playbooks.ifPresent(
        d -> builder.varsDirectories.add(VarsDirectory.besidePlaybook(d, options.unlock())));
    return builder.build().reloadedBy(() -> load(kept, options));
  }

  /** The folder whose {@code group_vars} belong to a source; none for a list of names. */
  private static Optional<Path> base(String source) {
    Path path = Path.of(source);
    if (source.contains(",") && !Files.exists(path)) {
      return Optional.empty();
    }
    Path absolute = path.toAbsolutePath().normalize();
    return Optional.ofNullable(Files.isDirectory(path) ? absolute : absolute.getParent());
  }
}
