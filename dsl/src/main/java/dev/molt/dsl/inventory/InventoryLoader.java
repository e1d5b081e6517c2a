package dev.molt.dsl.inventory;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.vault.VaultSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Loads inventories: YAML and INI files, directories of them, and lists of names. All mistakes in
 * all files are reported together. Nothing is run and nothing is written. Thread-safe.
 */
public final class InventoryLoader {
  private InventoryLoader() {}

  /** As below, for those who have no vault password: an encrypted file is an error. */
  public static Inventory load(List<String> sources, Path playbookDir) {
    return load(sources, playbookDir, VaultSecrets.none()::open);
  }

  /**
   * Loads and merges sources in order: a later one may add to what earlier ones say, and its
   * variables win over theirs. Also reads the {@code group_vars} and {@code host_vars} beside them.
   *
   * @param sources paths of files or directories, or lists of names with a comma in them: {@code
   *     n1,n2} or {@code n1,}; none at all gives an inventory without hosts
   * @param playbookDir where else to look for {@code group_vars} and {@code host_vars}; may be null
   * @param unlock decrypts a file that begins with {@code $ANSIBLE_VAULT}
   * @throws DiagnosticException for everything that is wrong in them, and for sources that do not
   *     exist
   */
  public static Inventory load(
      List<String> sources, Path playbookDir, UnaryOperator<Source> unlock) {
    InventoryBuilder builder = new InventoryBuilder();
    Set<Path> varsBases = new LinkedHashSet<>();
    for (String name : sources) {
      builder.sources.add(name);
      Path path = Path.of(name);
      if (name.contains(",") && !Files.exists(path)) {
        inline(name, builder);
        continue;
      }
      Path absolute = path.toAbsolutePath().normalize();
      varsBases.add(Files.isDirectory(path) ? absolute : absolute.getParent());
      try {
        SourceFiles.find(name, path).forEach(file -> readFile(file, builder, unlock));
      } catch (DiagnosticException e) {
        builder.problems.addAll(e);
      }
    }
    varsBases.forEach(b -> builder.varsDirectories.add(VarsDirectory.besideInventory(b, unlock)));
    if (playbookDir != null && !varsBases.contains(playbookDir.toAbsolutePath().normalize())) {
      builder.varsDirectories.add(VarsDirectory.besidePlaybook(playbookDir, unlock));
    }
    builder.problems.throwIfErrors();
    return builder.build();
  }

  private static void readFile(Path file, InventoryBuilder builder, UnaryOperator<Source> unlock) {
    try {
      Source source = SourceFiles.unlocked(file, unlock);
      SourceFiles.refusePrograms(file, source);
      if (SourceFiles.isYaml(file, source)) {
        new YamlInventory(builder, source).read();
      } else {
        new IniInventory(builder, source).read();
      }
    } catch (DiagnosticException e) {
      builder.problems.addAll(e);
    }
  }

  private static void inline(String names, InventoryBuilder builder) {
    Source source = Source.inline("--inventory", names);
    HostNames hosts = new HostNames(builder, source);
    int offset = 0;
    for (String name : names.split(",", -1)) {
      String stripped = name.strip();
      if (!stripped.isEmpty()) {
        int at = offset + name.indexOf(stripped);
        hosts.add(
            stripped, source.at(at, stripped.length()), Optional.of(InventoryBuilder.UNGROUPED));
      }
      offset += name.length() + 1;
    }
  }
}
