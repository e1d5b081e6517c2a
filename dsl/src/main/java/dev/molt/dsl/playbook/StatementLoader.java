package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes tasks and blocks, following {@code import_tasks} into other files. */
final class StatementLoader {
  private static final int MAX_DEPTH = 50;
  private static final Set<String> SECTIONS = Set.of("block", "rescue", "always");

  private final PlaybookLoader loader;
  private final Diagnostics problems;
  private final int depth;

  StatementLoader(PlaybookLoader loader, Diagnostics problems, int depth) {
    this.loader = loader;
    this.problems = problems;
    this.depth = depth;
  }

  List<Statement> tasksOfFile(Path file, Position includedAt, boolean handlers) {
    return PlaybookLoader.read(file, Optional.of(includedAt), problems)
        .map(root -> statements(root, file, "a file of tasks", handlers))
        .orElse(List.of());
  }

  List<Statement> statements(Node node, Path file, String where, boolean handlers) {
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
        statements.add(block(mapping, file, handlers));
      } else {
        task(mapping, file, handlers).ifPresent(statements::add);
      }
    }
    return statements;
  }

  private Block block(MappingNode node, Path file, boolean handlers) {
    List<MappingNode.Entry> keywords = new ArrayList<>();
    for (MappingNode.Entry entry : node.entries()) {
      if (!SECTIONS.contains(entry.key().text())) {
        checkKeyword(entry, KeywordSet.Place.BLOCK, problems);
        keywords.add(entry);
      }
    }
    if (node.get("block").isEmpty()) {
      problems.add(
          Diagnostic.error(node.position(), "rescue and always need a block that they belong to")
              .withHint("put the tasks that may fail under 'block:'"));
    }
    return new Block(
        node.position(),
        Keywords.of(keywords),
        section(node, "block", file, handlers),
        section(node, "rescue", file, handlers),
        section(node, "always", file, handlers));
  }

  private List<Statement> section(MappingNode node, String key, Path file, boolean handlers) {
    return node.get(key).map(list -> statements(list, file, key, handlers)).orElse(List.of());
  }

  private Optional<Statement> task(MappingNode node, Path file, boolean handlers) {
    List<MappingNode.Entry> keywords = new ArrayList<>();
    List<MappingNode.Entry> actions = new ArrayList<>();
    KeywordSet.Place place = KeywordSet.Place.TASK;
    for (MappingNode.Entry entry : node.entries()) {
      String key = entry.key().text();
      if (place.known().contains(key) || place.later().contains(key) || key.startsWith("with_")) {
        checkKeyword(entry, place, problems);
        keywords.add(entry);
      } else {
        actions.add(entry);
      }
    }
    Optional<MappingNode.Entry> action = chooseAction(node, actions);
    if (action.isEmpty()) {
      return Optional.empty();
    }
    Keywords own = Keywords.of(keywords);
    Optional<MappingNode> more = Optional.empty();
    if (own.get("args").isPresent()) {
      if (own.get("args").get() instanceof MappingNode args) {
        more = Optional.of(args);
      } else {
        problems.add(
            Diagnostic.error(own.get("args").get().position(), "args takes a mapping of options"));
      }
    }
    Task task =
        new Task(node.position(), file, own, action.get().key(), action.get().value(), more);
    if (loader.plainName(task.action().text()).equals("import_tasks")) {
      return importTasks(task, handlers);
    }
    if (loader.plainName(task.action().text()).equals("include_tasks")) {
      checkInclude(task);
    }
    return Optional.of(task);
  }

  private void checkInclude(Task task) {
    if (task.namedFile().isEmpty()) {
      problems.add(
          Diagnostic.error(task.options().position(), "include_tasks takes the name of a file"));
    }
    for (MappingNode.Entry entry : task.keywords().entries().values()) {
      if (entry.key().text().equals("loop") || entry.key().text().startsWith("with_")) {
        problems.add(
            Diagnostic.error(
                    entry.key().position().withLength(entry.key().text().length()),
                    "include_tasks with a loop is not supported")
                .withHint("loop over the tasks in the file instead"));
      }
    }
    if (task.options() instanceof MappingNode options) {
      for (MappingNode.Entry entry : options.entries()) {
        String key = entry.key().text();
        if (key.equals("apply") && entry.value() instanceof MappingNode apply) {
          apply.entries().forEach(e -> checkKeyword(e, KeywordSet.Place.BLOCK, problems));
        } else if (key.equals("apply")) {
          problems.add(
              Diagnostic.error(entry.value().position(), "apply takes a mapping of keywords"));
        } else if (!key.equals("file")) {
          problems.add(
              Diagnostic.error(
                      entry.key().position().withLength(key.length()),
                      "include_tasks has no option '" + key + "'")
                  .withHint("it has: apply, file"));
        }
      }
    }
  }

  private Optional<MappingNode.Entry> chooseAction(
      MappingNode node, List<MappingNode.Entry> candidates) {
    List<MappingNode.Entry> known =
        candidates.stream().filter(e -> loader.isAction(e.key().text())).toList();
    for (MappingNode.Entry entry : candidates) {
      if (!known.contains(entry)) {
        problems.add(unknown(entry, known.isEmpty()));
      }
    }
    boolean otherwise = node.get("action").isPresent() || node.get("local_action").isPresent();
    if (candidates.isEmpty() && !otherwise) {
      problems.add(
          Diagnostic.error(node.position(), "this task names no module")
              .withHint("add what it is to do, such as 'command: ...' or 'copy:'"));
    } else if (known.size() > 1) {
      problems.add(
          Diagnostic.error(
                  known.get(1).key().position(),
                  "a task has one module, this one has '%s' and '%s'"
                      .formatted(known.get(0).key().text(), known.get(1).key().text()))
              .withHint("make two tasks of it"));
    }
    return known.stream().findFirst();
  }

  private Diagnostic unknown(MappingNode.Entry entry, boolean mayBeAction) {
    String key = entry.key().text();
    Position at = entry.key().position().withLength(key.length());
    Set<String> valid = new TreeSet<>(KeywordSet.Place.TASK.known());
    valid.addAll(loader.actions());
    String what = mayBeAction ? "module or keyword" : "keyword of a task";
    return Diagnostic.error(at, "'" + key + "' is not a " + what + " that Molt knows")
        .withHint(Suggestions.hint(loader.plainName(key), valid));
  }

  private Optional<Statement> importTasks(Task task, boolean handlers) {
    Optional<ScalarNode> name = task.namedFile();
    Position at = task.options().position();
    if (name.isEmpty()) {
      problems.add(Diagnostic.error(at, "import_tasks takes the name of a file"));
      return Optional.empty();
    } else if (name.get().text().contains("{{")) {
      problems.add(
          Diagnostic.error(at, "import_tasks is done before any variable has a value")
              .withHint("use include_tasks, which is done when the play gets there"));
      return Optional.empty();
    } else if (depth >= MAX_DEPTH) {
      problems.add(
          Diagnostic.error(at, "tasks import each other more than " + MAX_DEPTH + " deep")
              .withHint("does the file import itself?"));
      return Optional.empty();
    }
    Path file = task.file().resolveSibling(name.get().text());
    List<Statement> body =
        new StatementLoader(loader, problems, depth + 1).tasksOfFile(file, at, handlers);
    return Optional.of(
        new Block(task.position(), withoutName(task.keywords()), body, List.of(), List.of()));
  }

  private static Keywords withoutName(Keywords keywords) {
    return Keywords.of(
        keywords.entries().values().stream()
            .filter(e -> !Set.of("name", "args").contains(e.key().text()))
            .toList());
  }

  static void checkKeyword(MappingNode.Entry entry, KeywordSet.Place place, Diagnostics problems) {
    String key = entry.key().text();
    Position at = entry.key().position().withLength(key.length());
    if (place.later().contains(key)) {
      problems.add(
          Diagnostic.error(
                  at, "the keyword '" + key + "' of a " + place.what() + " is not supported")
              .withHint("docs/compatibility.md lists what is"));
    } else if (!place.known().contains(key)
        && !(key.startsWith("with_") && place.equals(KeywordSet.Place.TASK))) {
      problems.add(
          Diagnostic.error(at, "'" + key + "' is not a keyword of a " + place.what())
              .withHint(Suggestions.hint(key, place.known())));
    }
  }
}
