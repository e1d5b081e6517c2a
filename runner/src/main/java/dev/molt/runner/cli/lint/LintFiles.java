package dev.molt.runner.cli.lint;

import dev.molt.dsl.hook.ScriptKind;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the playbooks, files of tasks and scripts in a folder, and reads all other YAML there, too.
 * Not thread-safe.
 */
final class LintFiles {
  /** What is copied to hosts or filled in is not ours to read. */
  private static final Set<String> NOT_OURS = Set.of("files", "templates", "library");

  private static final Set<String> IMPORTS =
      Set.of("import_playbook", "ansible.builtin.import_playbook");

  private static final Set<String> TASKS = Set.of("tasks", "handlers");

  private final Findings findings;
  private final VaultSecrets vault;
  private final Set<Path> playbooks = new TreeSet<>();
  private final Set<Path> imported = new HashSet<>();
  private final Map<Path, Optional<Path>> tasks = new TreeMap<>();
  private final Map<Path, ScriptKind> scripts = new TreeMap<>();
  private int others;

  LintFiles(Findings findings, VaultSecrets vault) {
    this.findings = findings;
    this.vault = vault;
  }

  /**
   * The playbooks that were found, in the order of their names; without those that others import,
   * which may need what these give them.
   */
  Set<Path> playbooks() {
    Set<Path> roots = new TreeSet<>(playbooks);
    roots.removeAll(imported);
    return roots.isEmpty() ? playbooks : roots;
  }

  /** The files of tasks, each with the folder of its role. */
  Map<Path, Optional<Path>> tasks() {
    return tasks;
  }

  /**
   * The playbook whose modules and filters a file of tasks is likely to use: the nearest above it,
   * or one that could stand beside its folder.
   */
  Path playbookOf(Path tasksFile) {
    Path file = tasksFile.toAbsolutePath().normalize();
    return playbooks.stream()
        .map(playbook -> playbook.toAbsolutePath().normalize())
        .filter(playbook -> file.startsWith(playbook.getParent()))
        .max(Comparator.comparing(Path::getNameCount))
        .orElseGet(() -> file.getParent().resolveSibling(file.getFileName()));
  }

  /** The files in Groovy that are neither playbooks nor tasks, each with what it is. */
  Map<Path, ScriptKind> scripts() {
    return scripts;
  }

  /** How many files were found, of all kinds. */
  int count() {
    return playbooks.size() + tasks.size() + scripts.size() + others;
  }

  /**
   * Looks through a folder and those in it, but for hidden ones and those that hold what is sent to
   * hosts.
   *
   * @throws DiagnosticException where it cannot be read
   */
  void search(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path sub, BasicFileAttributes attributes)
                throws IOException {
              String name = folderName(sub);
              if (sub.equals(folder) || !(name.startsWith(".") || NOT_OURS.contains(name))) {
                return FileVisitResult.CONTINUE;
              }
              modules(sub);
              return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              if (!attributes.isRegularFile() || name.startsWith(".")) {
                return FileVisitResult.CONTINUE;
              } else if (name.endsWith(".yml") || name.endsWith(".yaml")) {
                look(file.normalize());
              } else {
                script(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw Diagnostic.error("cannot read " + folder + ": " + e.getMessage()).asException();
    }
  }

  /** An inventory may ask half the world: only one that is named is run. */
  private void script(Path file) {
    ScriptKind.of(file)
        .filter(kind -> kind != ScriptKind.INVENTORY)
        .ifPresent(kind -> scripts.put(file.normalize(), kind));
  }

  /** Of what is for hosts, modules in Groovy are ours. */
  private void modules(Path folder) throws IOException {
    if (folderName(folder).equals("library")) {
      try (Stream<Path> list = Files.list(folder)) {
        list.filter(Files::isRegularFile).forEach(this::script);
      }
    }
  }

  private void look(Path file) {
    try {
      Source source = vault.file(file);
      if (source.isConfidential() && source.text().isEmpty()) {
        return;
      }
      Optional<Node> root = YamlReader.read(source);
      if (root.filter(LintFiles::isPlaybook).isPresent()) {
        playbooks.add(file);
        imports((SequenceNode) root.get(), file);
        return;
      } else if (root.isPresent() && TASKS.contains(folderName(file.getParent()))) {
        Path around = file.getParent().toAbsolutePath().getParent();
        tasks.put(file, isRole(around) ? Optional.of(around) : Optional.empty());
        return;
      }
    } catch (DiagnosticException e) {
      findings.add(e.diagnostics());
    } catch (IOException e) {
      findings.add(Diagnostic.error("cannot read " + file).asException().diagnostics());
    }
    others++;
  }

  private static boolean isPlay(MappingNode play) {
    return play.get("hosts").isPresent()
        || IMPORTS.stream().anyMatch(name -> play.get(name).isPresent());
  }

  private void imports(SequenceNode plays, Path file) {
    for (Node item : plays.items()) {
      for (String name : IMPORTS) {
        if (item instanceof MappingNode play
            && play.get(name).orElse(null) instanceof ScalarNode other) {
          imported.add(file.resolveSibling(other.text()).normalize());
        }
      }
    }
  }

  private static String folderName(Path folder) {
    return folder == null || folder.getFileName() == null ? "" : folder.getFileName().toString();
  }

  private static boolean isRole(Path folder) {
    return "roles".equals(folderName(folder.getParent()))
        || TASKS.stream().anyMatch(t -> Files.isRegularFile(folder.resolve(t).resolve("main.yml")));
  }

  /** A list with a mapping in it that says for which hosts it is, or imports one that does. */
  private static boolean isPlaybook(Node root) {
    return root instanceof SequenceNode list
        && list.items().stream().anyMatch(i -> i instanceof MappingNode play && isPlay(play));
  }
}
