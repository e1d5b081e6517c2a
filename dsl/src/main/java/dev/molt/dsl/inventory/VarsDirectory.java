package dev.molt.dsl.inventory;

import dev.molt.dsl.inventory.Origin.Level;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.vault.VaultException;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The {@code group_vars} and {@code host_vars} beside an inventory or a playbook. A file is read
 * once, so that a host that is added during a run sees what its group had at the start.
 * Thread-safe.
 */
final class VarsDirectory {
  private static final List<String> EXTENSIONS = List.of("", ".yml", ".yaml", ".json");

  private final Path base;
  private final Set<Level> levels;
  private final UnaryOperator<Source> unlock;
  private final Map<String, Map<String, Path>> listings = new ConcurrentHashMap<>();
  private final Map<Path, List<VarSet>> known = new ConcurrentHashMap<>();

  private VarsDirectory(Path base, Set<Level> levels, UnaryOperator<Source> unlock) {
    this.base = base;
    this.levels = levels;
    this.unlock = unlock;
  }

  static VarsDirectory besideInventory(Path base, UnaryOperator<Source> unlock) {
    return new VarsDirectory(
        base,
        Set.of(
            Level.GROUP_VARS_ALL_INVENTORY, Level.GROUP_VARS_INVENTORY, Level.HOST_VARS_INVENTORY),
        unlock);
  }

  static VarsDirectory besidePlaybook(Path base, UnaryOperator<Source> unlock) {
    return new VarsDirectory(
        base,
        Set.of(Level.GROUP_VARS_ALL_PLAYBOOK, Level.GROUP_VARS_PLAYBOOK, Level.HOST_VARS_PLAYBOOK),
        unlock);
  }

  /**
   * What the files for a group or host define; nothing where there are none.
   *
   * @throws dev.molt.dsl.source.DiagnosticException where one of them is wrong
   */
  List<VarSet> read(Level level, String subject) {
    if (!levels.contains(level)) {
      return List.of();
    }
    String folder =
        level == Level.HOST_VARS_INVENTORY || level == Level.HOST_VARS_PLAYBOOK
            ? "host_vars"
            : "group_vars";
    Map<String, Path> entries = entries(folder);
    List<Path> found = new ArrayList<>();
    for (String extension : EXTENSIONS) {
      Path entry = entries.get(subject + extension);
      if (entry != null) {
        found.add(entry);
      }
    }
    if (found.size() > 1) {
      throw Diagnostic.error(
              "both %s and %s exist: Ansible would read only the first"
                  .formatted(shown(found.get(0)), shown(found.get(1))))
          .withHint("keep one of them; a directory of that name may hold any number of files")
          .asException();
    }
    return found.isEmpty()
        ? List.of()
        : known.computeIfAbsent(
            found.get(0), path -> sets(path, new Origin(level, subject, Optional.empty())));
  }

  /**
   * Warns of files that belong to no one, but nearly: more likely misspelt than meant for another
   * inventory.
   */
  List<Diagnostic> strangers(Set<String> hosts, Set<String> groups) {
    List<Diagnostic> warnings = new ArrayList<>();
    strangers("host_vars", hosts, warnings);
    strangers("group_vars", groups, warnings);
    return warnings;
  }

  private void strangers(String folder, Set<String> names, List<Diagnostic> warnings) {
    Path directory = base.resolve(folder);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      warnings.add(
          Diagnostic.warning(shown(directory) + " is passed over: it is no directory")
              .withHint("variables of all hosts stand in " + folder + "/all.yml"));
    }
    Set<String> subjects = new LinkedHashSet<>();
    entries(folder).keySet().forEach(entry -> subjects.add(subject(entry)));
    List<String> without = names.stream().filter(n -> !subjects.contains(n)).toList();
    for (String subject : subjects) {
      if (!names.contains(subject) && subject.length() > 2 && !subject.startsWith(".")) {
        Suggestions.nearest(subject, without)
            .map(
                near ->
                    Diagnostic.warning(
                            "%s/%s is used by nothing: the inventory has no '%s'"
                                .formatted(shown(base.resolve(folder)), subject, subject))
                        .withHint("did you mean '" + near + "'?"))
            .ifPresent(warnings::add);
      }
    }
  }

  private static String subject(String name) {
    return EXTENSIONS.stream()
        .filter(e -> !e.isEmpty() && name.endsWith(e))
        .findFirst()
        .map(e -> name.substring(0, name.length() - e.length()))
        .orElse(name);
  }

  private Map<String, Path> entries(String folder) {
    return listings.computeIfAbsent(
        folder,
        f -> {
          Map<String, Path> byName = new LinkedHashMap<>();
          list(base.resolve(f)).forEach(p -> byName.put(String.valueOf(p.getFileName()), p));
          return byName;
        });
  }

  private List<VarSet> sets(Path path, Origin origin) {
    List<VarSet> sets = new ArrayList<>();
    for (Path file : Files.isDirectory(path) ? filesIn(path) : List.of(path)) {
      Source source = SourceFiles.read(file);
      try {
        source = SourceFiles.unlocked(source, unlock);
      } catch (VaultException e) {
        Origin closed = new Origin(origin.level(), origin.subject(), Optional.of(source));
        sets.add(new VarSet(closed, new ClosedVariables(e)));
        continue;
      }
      Map<String, Node> variables = new LinkedHashMap<>();
      YamlReader.read(source)
          .map(node -> Nodes.requireMapping(node, "the variables of '" + origin.subject() + "'"))
          .map(MappingNode::entries)
          .orElse(List.of())
          .forEach(e -> variables.put(e.key().text(), e.value()));
      sets.add(
          new VarSet(new Origin(origin.level(), origin.subject(), Optional.of(source)), variables));
    }
    return sets;
  }

  /** As Ansible: sorted, deep, without hidden files, backups and other extensions. */
  private static List<Path> filesIn(Path directory) {
    List<Path> files = new ArrayList<>();
    for (Path entry : list(directory)) {
      String name = String.valueOf(entry.getFileName());
      int dot = name.lastIndexOf('.');
      String extension = dot > 0 ? name.substring(dot) : "";
      boolean hidden = name.startsWith(".") || name.endsWith("~");
      if (!hidden && Files.isDirectory(entry) && extension.isEmpty()) {
        files.addAll(filesIn(entry));
      } else if (!hidden && !Files.isDirectory(entry) && EXTENSIONS.contains(extension)) {
        files.add(entry);
      }
    }
    return files;
  }

  /** Sorted by name; empty for what is no directory. */
  static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw Diagnostic.error("cannot list " + shown(directory) + ": " + e.getMessage())
          .asException();
    }
  }

  private static String shown(Path path) {
    return SourceFiles.shown(path);
  }
}
