package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one role. */
final class RoleFiles {
  private static final List<String> EXTENSIONS = List.of(".yml", ".yaml", ".json");

  private final PlaybookLoader loader;
  private final Path directory;
  private final Position usedAt;
  private final Diagnostics problems;

  RoleFiles(PlaybookLoader loader, Path directory, Position usedAt, Diagnostics problems) {
    this.loader = loader;
    this.directory = directory;
    this.usedAt = usedAt;
    this.problems = problems;
  }

  Position usedAt() {
    return usedAt;
  }

  /**
   * The file of a kind.
   *
   * @param kind such as {@code tasks}
   * @param from the name that the use gives; empty for {@code main}, which need not exist
   */
  Optional<Path> file(String kind, Optional<String> from) {
    List<Path> found = files(kind, from, false);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** What {@link #file} names, read; empty where there is none or nothing in it. */
  Optional<Node> read(String kind, Optional<String> from) {
    return file(kind, from).flatMap(f -> loader.read(f, Optional.of(usedAt), problems));
  }

  /** The variables of a kind, strongest first: a folder {@code main} may hold many files. */
  List<Layer> variables(String kind, Optional<String> from) {
    List<Layer> layers = new ArrayList<>();
    for (Path file : files(kind, from, true)) {
      Node root = loader.read(file, Optional.of(usedAt), problems).orElse(null);
      if (root instanceof MappingNode mapping) {
        layers.add(0, Layer.ofNodes("role " + kind, mapping));
      } else if (root != null && !(root instanceof ScalarNode scalar && scalar.isNull())) {
        problems.add(
            Diagnostic.error(
                    root.position(),
                    "the " + kind + " of a role are a mapping, found " + root.kind())
                .withHint("write 'name: value' lines, without '-'"));
      }
    }
    return layers;
  }

  private List<Path> files(String kind, Optional<String> from, boolean folders) {
    Path folder = directory.resolve(kind);
    if (!Files.isDirectory(folder)) {
      if (from.isPresent()) {
        missing(kind, from.get());
      }
      return List.of();
    }
    List<String> endings = new ArrayList<>(EXTENSIONS);
    endings.add(from.isPresent() ? 0 : endings.size(), "");
    for (String ending : endings) {
      Path file = folder.resolve(from.orElse("main") + ending).normalize();
      if (Files.exists(file) && !file.startsWith(folder.normalize())) {
        problems.add(
            Diagnostic.error(usedAt, "'" + from.orElse("main") + "' leads out of " + folder));
        return List.of();
      } else if (Files.isRegularFile(file)) {
        return List.of(file);
      } else if (folders && Files.isDirectory(file)) {
        return inside(file);
      }
    }
    from.ifPresent(name -> missing(kind, name));
    return List.of();
  }

  private void missing(String kind, String name) {
    problems.add(
        Diagnostic.error(
                usedAt, "the role " + directory.getFileName() + " has no " + kind + "/" + name)
            .withHint("looked for it in " + directory.resolve(kind)));
  }

  private List<Path> inside(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .filter(f -> EXTENSIONS.stream().anyMatch(e -> f.toString().endsWith(e)))
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      problems.add(Diagnostic.error(usedAt, "cannot read " + folder + ": " + e.getMessage()));
      return List.of();
    }
  }
}
