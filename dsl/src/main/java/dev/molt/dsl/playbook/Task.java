package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One task or handler.
 *
 * @param file the file it stands in
 * @param includedFrom the folders of the files that lead to that one, nearest first
 * @param action the module's name as written, with its place; a template under {@code action}
 * @param options what stands under the module's name: a mapping, a text, or null
 * @param moreOptions what stands under {@code args}: a mapping, or a template that gives one
 */
public record Task(
    Position position,
    Path file,
    List<Path> includedFrom,
    Keywords keywords,
    ScalarNode action,
    Node options,
    Optional<Node> moreOptions)
    implements Statement {
  public Task {
    includedFrom = List.copyOf(includedFrom);
  }

  /** What an import or include names, as its text or under one of these options. */
  public Optional<Node> named(String... optionNames) {
    for (String name : optionNames) {
      Optional<Node> node = option(name);
      if (node.isPresent()) {
        return node;
      }
    }
    return options instanceof ScalarNode text && !text.isNull()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** An option of the task where its options are a mapping, or stand under {@code args}. */
  public Optional<Node> option(String name) {
    Optional<Node> own =
        options instanceof MappingNode mapping ? mapping.get(name) : Optional.empty();
    return own.isPresent()
        ? own
        : moreOptions.flatMap(
            more -> more instanceof MappingNode mapping ? mapping.get(name) : Optional.empty());
  }

  /** The name as written, templates and all; the module's name where it has none. */
  public String label() {
    return keywords
        .get("name")
        .filter(n -> n instanceof ScalarNode s && !s.isNull())
        .map(n -> ((ScalarNode) n).text())
        .orElse(action.text());
  }
}
