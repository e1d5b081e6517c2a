package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a role says of its arguments ({@code meta/argument_specs.yml}, or {@code argument_specs} in
 * {@code meta/main.yml}), as the task that checks them.
 */
final class ArgumentSpecs {
  static final String ACTION = "validate_argument_spec";

  private ArgumentSpecs() {}

  /**
   * The task that checks the arguments of an entry point, where the role describes it.
   *
   * @param entryPoint the name of the file of tasks, {@code main} mostly
   */
  static Optional<Task> task(
      RoleFiles files,
      Optional<MappingNode> meta,
      String role,
      Path directory,
      Map<String, Node> params,
      String entryPoint) {
    Optional<Node> specs =
        exists(directory) ? ofFile(files) : meta.flatMap(m -> m.get("argument_specs"));
    if (specs.isEmpty()
        || !(specs.get() instanceof MappingNode all)
        || !(all.get(entryPoint).orElse(null) instanceof MappingNode spec)) {
      return Optional.empty();
    }
    Position at = spec.position();
    String name = "Validating arguments against arg spec '" + entryPoint + "'";
    if (spec.get("short_description").orElse(null) instanceof ScalarNode description) {
      name += " - " + description.text();
    }
    Map<String, Node> context = new LinkedHashMap<>();
    context.put("type", ScalarNode.made(at, "role"));
    context.put("name", ScalarNode.made(at, role));
    context.put("argument_spec_name", ScalarNode.made(at, entryPoint));
    context.put("path", ScalarNode.made(at, directory.toString()));
    Map<String, Node> options = new LinkedHashMap<>();
    options.put("argument_spec", spec.get("options").orElse(new MappingNode(at, List.of())));
    options.put("provided_arguments", mapping(at, params));
    options.put("validate_args_context", mapping(at, context));
    Map<String, Node> keywords = new LinkedHashMap<>();
    keywords.put("name", ScalarNode.made(at, name));
    keywords.put("tags", new SequenceNode(at, List.of(ScalarNode.made(at, "always"))));
    return Optional.of(
        new Task(
            at,
            directory.resolve("meta").resolve("argument_specs.yml"),
            List.of(),
            Keywords.of(mapping(at, keywords).entries()),
            ScalarNode.made(at, ACTION),
            mapping(at, options),
            Optional.empty()));
  }

  private static boolean exists(Path directory) {
    Path meta = directory.resolve("meta");
    return Files.exists(meta.resolve("argument_specs.yml"))
        || Files.exists(meta.resolve("argument_specs.yaml"));
  }

  private static Optional<Node> ofFile(RoleFiles files) {
    return files
        .read("meta", Optional.of("argument_specs"))
        .flatMap(
            n ->
                n instanceof MappingNode mapping
                    ? mapping.get("argument_specs")
                    : Optional.empty());
  }

  static MappingNode mapping(Position at, Map<String, Node> entries) {
    List<MappingNode.Entry> list = new ArrayList<>();
    entries.forEach((k, v) -> list.add(new MappingNode.Entry(ScalarNode.made(at, k), v)));
    return new MappingNode(at, list);
  }
}
