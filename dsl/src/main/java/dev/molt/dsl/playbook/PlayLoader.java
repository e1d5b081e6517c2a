package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes one play. */
final class PlayLoader {
  private static final Set<String> LISTS = Set.of("tasks", "pre_tasks", "post_tasks", "handlers");

  private final PlaybookLoader loader;
  private final Diagnostics problems;
  private final Path file;

  PlayLoader(PlaybookLoader loader, Diagnostics problems, Path file) {
    this.loader = loader;
    this.problems = problems;
    this.file = file;
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
    return new Play(
        node.position(),
        file,
        Keywords.of(keywords),
        statements(node, "pre_tasks", false),
        statements(node, "tasks", false),
        statements(node, "post_tasks", false),
        statements(node, "handlers", true));
  }

  private List<Statement> statements(MappingNode node, String key, boolean handlers) {
    Node list = node.get(key).orElse(null);
    return list == null
        ? List.of()
        : new StatementLoader(loader, problems, 0).statements(list, file, key, handlers);
  }
}
