package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One task or handler.
 *
 * @param file the file it stands in
 * @param action the module's name as written, with its place
 * @param options what stands under the module's name: a mapping, a text, or null
 * @param moreOptions what stands under {@code args}
 */
public record Task(
    Position position,
    Path file,
    Keywords keywords,
    ScalarNode action,
    Node options,
    Optional<MappingNode> moreOptions)
    implements Statement {

  /** The file that an import or include names, as its text or as its option {@code file}. */
  public Optional<ScalarNode> namedFile() {
    Node named =
        options instanceof MappingNode mapping ? mapping.get("file").orElse(null) : options;
    return named instanceof ScalarNode scalar && !scalar.isNull()
        ? Optional.of(scalar)
        : Optional.empty();
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
