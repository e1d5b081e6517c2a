package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a play's {@code vars_files}; of a list within the list the first file that exists. */
final class VarsFiles {
  private VarsFiles() {}

  /** Strongest first: a later file wins. */
  static List<Layer> load(Play play, Templar templar, Variables variables) {
    Optional<Node> node = play.keywords().get("vars_files");
    if (node.isEmpty()) {
      return List.of();
    }
    List<Node> entries = node.get() instanceof SequenceNode s ? s.items() : List.of(node.get());
    List<Layer> layers = new ArrayList<>();
    for (Node entry : entries) {
      List<Node> candidates = entry instanceof SequenceNode s ? s.items() : List.of(entry);
      layers.add(0, one(play, entry, candidates, templar, variables));
    }
    return layers;
  }

  private static Layer one(
      Play play, Node entry, List<Node> candidates, Templar templar, Variables variables) {
    List<String> tried = new ArrayList<>();
    for (Node candidate : candidates) {
      String name = Python.str(templar.resolve(candidate, variables));
      Path file = play.file().toAbsolutePath().resolveSibling(name).normalize();
      tried.add(file.toString());
      if (Files.isRegularFile(file)) {
        return read(file, candidate);
      }
    }
    throw Diagnostic.error(
            entry.position(), "there is no file of variables " + String.join(" or ", tried))
        .asException();
  }

  private static Layer read(Path file, Node mention) {
    try {
      Optional<Node> root = YamlReader.read(Source.file(file));
      if (root.isEmpty()) {
        return Layer.ofNodes(file.toString(), java.util.Map.of());
      } else if (root.get() instanceof MappingNode mapping) {
        return Layer.ofNodes(file.toString(), mapping);
      }
      throw Diagnostic.error(
              root.get().position(), "a file of variables is a mapping, found " + root.get().kind())
          .withNote("named here", mention.position())
          .asException();
    } catch (IOException e) {
      throw Diagnostic.error(mention.position(), "cannot read " + file + ": " + e.getMessage())
          .asException();
    }
  }
}
