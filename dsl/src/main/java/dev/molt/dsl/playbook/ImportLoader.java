package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Imports files of tasks and roles, which take the place of the task that names them; checks those
 * that are included when the play gets there.
 */
final class ImportLoader {
  private static final int MAX_DEPTH = 50;
  private static final Set<String> ROLE_OPTIONS =
      Set.of(
          "name",
          "role",
          "tasks_from",
          "vars_from",
          "defaults_from",
          "handlers_from",
          "apply",
          "public",
          "allow_duplicates",
          "rolespec_validate");
  private static final List<String> FILE_KINDS = List.of("tasks", "vars", "defaults", "handlers");

  private final PlaybookLoader loader;
  private final Diagnostics problems;

  ImportLoader(PlaybookLoader loader, Diagnostics problems) {
    this.loader = loader;
    this.problems = problems;
  }

  Optional<Statement> load(Task written, LoadContext context) {
    String action = loader.plainName(written.action().text());
    boolean ofRole = action.endsWith("_role");
    Task task = withMapping(written, ofRole);
    int before = problems.size();
    checkOptions(task, action, ofRole ? ROLE_OPTIONS : Set.of("file", "apply", "_raw_params"));
    boolean dynamic = action.startsWith("include_");
    if (ofRole && context.handlers()) {
      error(task, "a role cannot be brought in by a handler", "include its tasks instead");
    }
    if (dynamic) {
      checkBeside(task, action);
      named(task, action, ofRole).ifPresent(name -> lookAhead(task, name, ofRole, context));
      return Optional.of(task);
    }
    loopOf(task)
        .ifPresent(
            loop ->
                problems.add(
                    Diagnostic.error(
                            loop.key().position().withLength(loop.key().text().length()),
                            action + " cannot be repeated: it is done before the play begins")
                        .withHint("use include_" + action.substring("import_".length()))));
    if (context.depth() >= MAX_DEPTH) {
      error(
          task,
          "tasks import each other more than " + MAX_DEPTH + " deep",
          "does the file import itself?");
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    return ofRole ? role(task, context) : tasks(task, context);
  }

  /**
   * What is sure to be included is looked at now, so that its mistakes show before anything is
   * done. What is not there yet may be made by the tasks before.
   */
  private void lookAhead(Task task, Node name, boolean ofRole, LoadContext context) {
    if (context.under(task.keywords()).conditional()
        || loopOf(task).isPresent()
        || context.depth() >= MAX_DEPTH
        || !(name instanceof ScalarNode text)
        || TemplateEngine.isTemplate(text.text())) {
      return;
    }
    Diagnostics found = new Diagnostics();
    if (ofRole) {
      lookAheadAtRole(task, text.text(), context, found);
    } else {
      Path file = PlaybookLoader.tasksFile(text.text(), context);
      if (Files.isRegularFile(file)) {
        new StatementLoader(loader, found).tasksOfFile(text.position(), context.in(file));
      }
    }
    // Names may be made of variables that there are only when the play gets there.
    found.all().stream()
        .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
        .filter(d -> !d.message().contains("is undefined"))
        .forEach(problems::add);
  }

  private void lookAheadAtRole(Task task, String name, LoadContext context, Diagnostics found) {
    boolean plain =
        FILE_KINDS.stream()
            .allMatch(k -> task.option(k + "_from").map(ImportLoader::isPlain).orElse(true));
    Optional<RoleUse> use =
        plain
            ? use(task, "include_role", "", Keywords.NONE, context)
                .filter(u -> u.name().equals(name))
            : Optional.empty();
    if (use.isPresent()
        && new RoleFolders(loader.rolesPath(), loader.collectionsPath()).has(use.get(), context)) {
      new RoleLoader(loader, found).load(use.get(), context);
    }
  }

  private static boolean isPlain(Node node) {
    return node instanceof ScalarNode scalar && !TemplateEngine.isTemplate(scalar.text());
  }

  private static Optional<MappingNode.Entry> loopOf(Task task) {
    return task.keywords().entries().values().stream()
        .filter(e -> e.key().text().equals("loop") || e.key().text().startsWith("with_"))
        .findFirst();
  }

  /** {@code name=x tasks_from=y} is written in one line; from here on it is a mapping. */
  private static Task withMapping(Task task, boolean ofRole) {
    if (!(task.options() instanceof ScalarNode text) || text.isNull()) {
      return task;
    }
    KeyValueWords words = KeyValueWords.parse(text);
    if (words.pairs().isEmpty()) {
      return task;
    }
    Map<String, Node> options = new LinkedHashMap<>();
    if (!words.rest().isBlank()) {
      options.put(ofRole ? "name" : "file", words.without(words.pairs()));
    }
    words.pairs().forEach(p -> options.put(p.key().text(), p.value()));
    return new Task(
        task.position(),
        task.file(),
        task.includedFrom(),
        task.keywords(),
        task.action(),
        ArgumentSpecs.mapping(text.position(), options),
        task.moreOptions());
  }

  private void checkOptions(Task task, String action, Set<String> valid) {
    List<MappingNode.Entry> entries = new ArrayList<>();
    if (task.options() instanceof MappingNode options) {
      entries.addAll(options.entries());
    }
    if (task.moreOptions().orElse(null) instanceof MappingNode more) {
      entries.addAll(more.entries());
    }
    for (MappingNode.Entry entry : entries) {
      String key = entry.key().text();
      if (!valid.contains(key)) {
        problems.add(
            Diagnostic.error(
                    entry.key().position().withLength(key.length()),
                    action + " has no option '" + key + "'")
                .withHint(
                    Suggestions.hint(key, valid)
                        .orElse(
                            "it has: "
                                + String.join(
                                    ", ",
                                    valid.stream()
                                        .filter(v -> !v.startsWith("_"))
                                        .sorted()
                                        .toList()))));
      } else if (key.equals("apply")) {
        checkApply(entry, action);
      }
    }
  }

  private void checkApply(MappingNode.Entry entry, String action) {
    if (action.startsWith("import_")) {
      problems.add(
          Diagnostic.error(entry.key().position(), action + " has no option 'apply'")
              .withHint("what stands beside an import holds for its tasks anyway"));
    } else if (entry.value() instanceof MappingNode apply) {
      apply
          .entries()
          .forEach(e -> StatementLoader.checkKeyword(e, KeywordSet.Place.BLOCK, problems));
    } else if (!(entry.value() instanceof ScalarNode scalar && scalar.text().contains("{{"))) {
      problems.add(Diagnostic.error(entry.value().position(), "apply takes a mapping of keywords"));
    }
  }

  /** Most keywords would hold for the include alone, which nobody means who writes them. */
  private void checkBeside(Task task, String action) {
    for (MappingNode.Entry entry : task.keywords().entries().values()) {
      String key = entry.key().text();
      if (!KeywordSet.mayStandBesideInclude(key)) {
        problems.add(
            Diagnostic.error(
                    entry.key().position().withLength(key.length()),
                    "'" + key + "' is not a valid attribute for " + action)
                .withHint("for the tasks that it brings in, put it under 'apply'"));
      }
    }
  }

  private Optional<Node> named(Task task, String action, boolean ofRole) {
    Optional<Node> named = ofRole ? task.named("name", "role") : task.named("file", "_raw_params");
    if (named.isEmpty() || !(named.get() instanceof ScalarNode scalar) || scalar.isNull()) {
      error(task, action + " takes the name of a " + (ofRole ? "role" : "file"), "");
      return Optional.empty();
    }
    return named;
  }

  private void error(Task task, String message, String hint) {
    Diagnostic error = Diagnostic.error(task.options().position(), message);
    problems.add(hint.isEmpty() ? error : error.withHint(hint));
  }

  private Optional<Statement> tasks(Task task, LoadContext context) {
    Optional<String> name =
        named(task, "import_tasks", false)
            .flatMap(n -> names().name(n, "import_tasks", "include_tasks", context));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Path file = PlaybookLoader.tasksFile(name.get(), context);
    Keywords keywords = forTasks(task);
    List<Statement> body =
        new StatementLoader(loader, problems)
            .tasksOfFile(task.options().position(), context.under(keywords).in(file));
    return Optional.of(new Block(task.position(), keywords, body, List.of(), List.of()));
  }

  private Optional<Statement> role(Task task, LoadContext context) {
    Optional<RoleUse> use = use(task, "import_role", "include_role", forTasks(task), context);
    return use.flatMap(u -> new RoleLoader(loader, problems).load(u, context)).map(r -> r);
  }

  /** What an import of a role says; the engine asks the same of an include. */
  private Optional<RoleUse> use(
      Task task, String action, String instead, Keywords keywords, LoadContext context) {
    Optional<String> name =
        named(task, action, true).flatMap(n -> names().name(n, action, instead, context));
    Map<String, String> files = new LinkedHashMap<>();
    for (String kind : FILE_KINDS) {
      task.option(kind + "_from")
          .flatMap(n -> names().name(n, kind + "_from", instead, context))
          .ifPresent(f -> files.put(kind, f));
    }
    return name.map(
        n ->
            new RoleUse(
                task.position(),
                n,
                keywords,
                Map.of(),
                files,
                true,
                flag(task, "public", true),
                flag(task, "rolespec_validate", true),
                Optional.of(flag(task, "allow_duplicates", true))));
  }

  private static boolean flag(Task task, String option, boolean otherwise) {
    return task.option(option)
        .map(n -> n instanceof ScalarNode s && Truth.switchesOn(s.value()))
        .orElse(otherwise);
  }

  private StaticNames names() {
    return new StaticNames(loader.templar(), problems);
  }

  /** What stands beside an import holds for all that it brings in, but for what names it. */
  private static Keywords forTasks(Task task) {
    return Keywords.of(
        task.keywords().entries().values().stream()
            .filter(e -> !Set.of("name", "args", "register").contains(e.key().text()))
            .toList());
  }
}
