package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds and reads the files that {@code include_vars} names. */
record VarsFolder(EngineAction.At at, IncludeVarsAction.Options options) {
  /** The one file. */
  Path file() {
    String name =
        options
            .file()
            .or(options::freeForm)
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            at.place().task().named("file").isPresent()
                                ? "Could not find file '' on this machine (the controller)"
                                : "include_vars needs a file or a dir")
                        .withHint("write 'include_vars: FILE'")
                        .asException())
            .strip();
    Path found =
        find(name)
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            "Could not find file '" + name + "' on this machine (the controller)")
                        .asException());
    if (!known(found)) {
      throw Diagnostic.error(
              found
                  + " does not have a valid extension: "
                  + String.join(", ", options.extensions()))
          .asException();
    }
    return found;
  }

  private Optional<Path> find(String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Path given = Path.of(name);
    for (Path folder : SearchFolders.of(at.play(), at.place().frame())) {
      for (Path candidate : List.of(folder.resolve("vars").resolve(given), folder.resolve(given))) {
        if (Files.exists(candidate)) {
          return Optional.of(candidate.normalize());
        }
      }
    }
    return Optional.empty();
  }

  private boolean known(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String ending = dot < 0 ? "" : name.substring(dot + 1);
    return options.extensions().isEmpty()
        || options.extensions().stream().anyMatch(e -> e.replaceFirst("^\\.", "").equals(ending))
        || (ending.isEmpty() && options.file().or(options::freeForm).isPresent());
  }

  /** The files of the folder, those of a folder before those of the ones in it. */
  List<Path> files() {
    String name = options.dir().orElseThrow();
    Path folder =
        find(name)
            .orElseThrow(() -> Diagnostic.error(name + " directory does not exist").asException());
    if (!Files.isDirectory(folder)) {
      throw Diagnostic.error(folder + " is not a directory").asException();
    }
    List<Path> found = new ArrayList<>();
    collect(folder, 1, found);
    return found;
  }

  private void collect(Path folder, int depth, List<Path> found) {
    List<Path> inside;
    try (Stream<Path> list = Files.list(folder)) {
      inside = list.sorted().collect(Collectors.toList());
    } catch (IOException e) {
      throw Diagnostic.error("cannot read " + folder + ": " + e.getMessage()).asException();
    }
    for (Path file : inside) {
      if (Files.isRegularFile(file) && wanted(file)) {
        found.add(file);
      }
    }
    if (options.depth() == 0 || depth < options.depth()) {
      inside.stream().filter(Files::isDirectory).forEach(d -> collect(d, depth + 1, found));
    }
  }

  private boolean wanted(Path file) {
    String name = file.getFileName().toString();
    if (options.filesMatching().filter(p -> !Pattern.compile(p).matcher(name).find()).isPresent()
        || options.ignoreFiles().stream()
            .anyMatch(i -> Pattern.compile(i + "$").matcher(name).find())) {
      return false;
    }
    if (!known(file)) {
      if (options.ignoreUnknownExtensions()) {
        return false;
      }
      throw Diagnostic.error(
              file + " does not have a valid extension: " + String.join(", ", options.extensions()))
          .asException();
    }
    return true;
  }

  /** The variables in a file. */
  List<MappingNode.Entry> read(Path file) {
    try {
      Optional<Node> root = YamlReader.read(at.play().run().templar().vault().file(file));
      if (root.isEmpty() || (root.get() instanceof ScalarNode nothing && nothing.isNull())) {
        return List.of();
      } else if (root.get() instanceof MappingNode mapping) {
        return mapping.entries();
      }
      throw Diagnostic.error(root.get().position(), file + " must be stored as a dictionary/hash")
          .asException();
    } catch (IOException e) {
      throw Diagnostic.error("cannot read " + file + ": " + e.getMessage()).asException();
    }
  }
}
