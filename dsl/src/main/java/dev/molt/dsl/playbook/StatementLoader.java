package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes tasks and blocks; imports of other files are followed at once. */
final class StatementLoader {
  private static final Set<String> SECTIONS = Set.of("block", "rescue", "always");

  private final PlaybookLoader loader;
  private final Diagnostics problems;

  StatementLoader(PlaybookLoader loader, Diagnostics problems) {
    this.loader = loader;
    this.problems = problems;
  }

  /** The tasks of the context's file. */
  List<Statement> tasksOfFile(Position includedAt, LoadContext context) {
    return loader
        .read(context.file(), Optional.of(includedAt), problems)
        .map(root -> statements(root, "a file of tasks", context))
        .orElse(List.of());
  }

  List<Statement> statements(Node node, String where, LoadContext context) {
    if (node instanceof ScalarNode scalar && scalar.isNull()) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      problems.add(
          Diagnostic.error(node.position(), where + " is a list of tasks, found " + node.kind())
              .withHint("begin each task with '- name: ...'"));
      return List.of();
    }
    List<Statement> statements = new ArrayList<>();
    for (Node item : list.items()) {
      if (!(item instanceof MappingNode mapping)) {
        problems.add(
            Diagnostic.error(item.position(), "expected a task, found " + item.kind())
                .withHint("a task names a module: '- name: ...' and below it 'copy:' or another"));
      } else if (mapping.entries().stream().anyMatch(e -> SECTIONS.contains(e.key().text()))) {
        statements.add(block(mapping, context));
      } else {
        task(mapping, context).ifPresent(statements::add);
      }
    }
    return statements;
  }

  private Block block(MappingNode node, LoadContext context) {
    List<MappingNode.Entry> entries = new ArrayList<>();
    for (MappingNode.Entry entry : node.entries()) {
      if (!SECTIONS.contains(entry.key().text())) {
        checkKeyword(entry, KeywordSet.Place.BLOCK, problems);
        entries.add(entry);
      }
    }
    if (node.get("block").isEmpty()) {
      problems.add(
          Diagnostic.error(node.position(), "rescue and always need a block that they belong to")
              .withHint("put the tasks that may fail under 'block:'"));
    }
    Keywords keywords = Keywords.of(entries);
    LoadContext inside = withVars(context.under(keywords), keywords);
    return new Block(
        node.position(),
        keywords,
        section(node, "block", inside),
        section(node, "rescue", inside),
        section(node, "always", inside));
  }

  private static LoadContext withVars(LoadContext context, Keywords keywords) {
    return keywords.get("vars").orElse(null) instanceof MappingNode vars
        ? context.with(Layer.ofNodes("vars", vars))
        : context;
  }

  private List<Statement> section(MappingNode node, String key, LoadContext context) {
    return node.get(key).map(list -> statements(list, key, context)).orElse(List.of());
  }

  private Optional<Statement> task(MappingNode node, LoadContext context) {
    List<MappingNode.Entry> keywords = new ArrayList<>();
    List<MappingNode.Entry> candidates = new ArrayList<>();
    List<MappingNode.Entry> actionKeywords = new ArrayList<>();
    for (MappingNode.Entry entry : node.entries()) {
      String key = entry.key().text();
      if (key.equals("action") || key.equals("local_action")) {
        actionKeywords.add(entry);
      } else if (KeywordSet.Place.TASK.known().contains(key) || key.startsWith("with_")) {
        checkKeyword(entry, KeywordSet.Place.TASK, problems);
        keywords.add(entry);
      } else {
        candidates.add(entry);
      }
    }
    boolean conditional = context.conditional() || node.get("when").isPresent();
    Optional<TaskAction> action =
        new ActionChoice(loader, problems, conditional).choose(node, candidates, actionKeywords);
    if (action.isEmpty()) {
      return Optional.empty();
    }
    if (action.get().local()) {
      Position at = action.get().name().position();
      keywords.add(
          new MappingNode.Entry(
              ScalarNode.made(at, "delegate_to"), ScalarNode.made(at, "localhost")));
    }
    Keywords own = Keywords.of(keywords);
    Task task =
        new Task(
            node.position(),
            context.file(),
            context.includedFrom(),
            own,
            action.get().name(),
            action.get().options(),
            own.get("args").filter(this::checkArgs));
    return switch (loader.plainName(task.action().text())) {
      case "import_tasks", "include_tasks", "import_role", "include_role" ->
          new ImportLoader(loader, problems).load(task, withVars(context, own));
      default -> Optional.of(task);
    };
  }

  private boolean checkArgs(Node args) {
    boolean usable =
        args instanceof MappingNode
            || (args instanceof ScalarNode scalar && scalar.text().contains("{{"));
    if (!usable && !(args instanceof ScalarNode scalar && scalar.isNull())) {
      problems.add(Diagnostic.error(args.position(), "args takes a mapping of options"));
    }
    return usable;
  }

  static void checkKeyword(MappingNode.Entry entry, KeywordSet.Place place, Diagnostics problems) {
    String key = entry.key().text();
    if (!place.known().contains(key)
        && !(key.startsWith("with_") && place.equals(KeywordSet.Place.TASK))) {
      problems.add(
          Diagnostic.error(
                  entry.key().position().withLength(key.length()),
                  "'" + key + "' is not a keyword of a " + place.what())
              .withHint(KeywordSet.belongs(key).or(() -> Suggestions.hint(key, place.known()))));
    }
  }
}
