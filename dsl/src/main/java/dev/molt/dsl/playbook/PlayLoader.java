package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes one play. */
final class PlayLoader {
  private static final Set<String> LISTS =
      Set.of("roles", "tasks", "pre_tasks", "post_tasks", "handlers");

  private final PlaybookLoader loader;
  private final Diagnostics problems;
  private final LoadContext around;

  PlayLoader(PlaybookLoader loader, Diagnostics problems, LoadContext around) {
    this.loader = loader;
    this.problems = problems;
    this.around = around;
  }

  Play load(MappingNode node) {
    List<MappingNode.Entry> keywords = new ArrayList<>();
    for (MappingNode.Entry entry : node.entries()) {
      String key = entry.key().text();
      if (LISTS.contains(key)) {
        continue;
      }
      StatementLoader.checkKeyword(entry, KeywordSet.Place.PLAY, problems);
      keywords.add(entry);
    }
    if (node.get("hosts").isEmpty()) {
      problems.add(
          Diagnostic.error(node.position(), "this play does not say which hosts it is for")
              .withHint("add 'hosts: all', or the name of a group"));
    }
    Keywords own = Keywords.of(keywords);
    LoadContext context = names(own);
    return new Play(
        node.position(),
        around.file(),
        own,
        statements(node, "pre_tasks", context),
        node.get("roles").map(n -> roles(n, context)).orElse(List.of()),
        statements(node, "tasks", context),
        statements(node, "post_tasks", context),
        statements(node, "handlers", context.asHandlers()));
  }

  /** With the variables that can be known before there are hosts. */
  private LoadContext names(Keywords keywords) {
    List<Layer> layers = new ArrayList<>();
    if (keywords.get("vars").orElse(null) instanceof MappingNode vars) {
      layers.add(Layer.ofNodes("play vars", vars));
    }
    LoadContext context =
        new LoadContext(
            around.base(),
            around.file(),
            around.includedFrom(),
            Optional.empty(),
            around.names().below(layers),
            false,
            false,
            around.depth());
    for (Node entry : keywords.get("vars_files").map(PlayLoader::items).orElse(List.of())) {
      if (entry instanceof ScalarNode name && !name.isNull() && !name.text().contains("{{")) {
        varsFile(around.file().resolveSibling(name.text())).ifPresent(layers::add);
      }
    }
    return layers.size() < 2
        ? context
        : new LoadContext(
            around.base(),
            around.file(),
            around.includedFrom(),
            Optional.empty(),
            around.names().below(reversed(layers)),
            false,
            false,
            around.depth());
  }

  private static List<Layer> reversed(List<Layer> layers) {
    List<Layer> reversed = new ArrayList<>(layers);
    java.util.Collections.reverse(reversed);
    return reversed;
  }

  /** Whether it can be read is checked where its variables are used. */
  private Optional<Layer> varsFile(Path file) {
    return Files.isRegularFile(file)
        ? loader
            .read(file, Optional.empty(), new Diagnostics())
            .filter(MappingNode.class::isInstance)
            .map(n -> Layer.ofNodes(file.toString(), (MappingNode) n))
        : Optional.empty();
  }

  private static List<Node> items(Node node) {
    return node instanceof SequenceNode list ? list.items() : List.of(node);
  }

  private List<RoleBlock> roles(Node node, LoadContext context) {
    if (node instanceof ScalarNode scalar && scalar.isNull()) {
      return List.of();
    } else if (!(node instanceof SequenceNode)) {
      problems.add(
          Diagnostic.error(node.position(), "roles is a list of roles, found " + node.kind())
              .withHint("begin each role with '- '"));
      return List.of();
    }
    return new RoleLoader(this.loader, problems).uses(node, context);
  }

  private List<Statement> statements(MappingNode node, String key, LoadContext context) {
    return node.get(key)
        .map(list -> new StatementLoader(loader, problems).statements(list, key, context))
        .orElse(List.of());
  }
}
