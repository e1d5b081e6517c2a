package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.LoadContext;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.RoleUse;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostic.Severity;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.module.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows {@code include_tasks} and {@code include_role} to what they name, where the name is no
 * template. Each file and role is looked at once. A file that is not there is only a warning: the
 * include may never run. Not thread-safe.
 */
final class StaticIncludes {
  private static final List<String> FILE_KINDS = List.of("tasks", "vars", "defaults", "handlers");

  private final StaticCheck checks;
  private final PlaybookLoader loader;
  private final Diagnostics found;
  private final Set<Object> seen = new HashSet<>();
  private final List<List<? extends Statement>> bodies = new ArrayList<>();
  private boolean unknown;

  StaticIncludes(StaticCheck checks, PlaybookLoader loader, Diagnostics found) {
    this.checks = checks;
    this.loader = loader;
    this.found = found;
  }

  /** What was found at the other end of includes. */
  List<List<? extends Statement>> bodies() {
    return bodies;
  }

  /** Whether there are includes that could not be followed. */
  boolean unknown() {
    return unknown;
  }

  void follow(List<? extends Statement> statements, LoadContext context) {
    for (Statement statement : statements) {
      if (statement instanceof Block block) {
        follow(block.body(), context);
        follow(block.rescue(), context);
        follow(block.always(), context);
      } else if (statement instanceof RoleBlock role) {
        follow(role, context);
      } else {
        follow((Task) statement, context);
      }
    }
  }

  private void follow(RoleBlock role, LoadContext context) {
    LoadContext inside = inRole(context, Optional.of(role.role().directory()));
    role.dependencies().forEach(d -> follow(d, context));
    follow(role.tasks(), inside);
    follow(role.handlers(), inside);
  }

  private static LoadContext inRole(LoadContext context, Optional<Path> role) {
    return new LoadContext(
        context.base(),
        context.file(),
        context.includedFrom(),
        role,
        context.names(),
        context.handlers(),
        true,
        0);
  }

  private void follow(Task task, LoadContext context) {
    String action = Registry.plainName(task.action().text());
    LoadContext here =
        new LoadContext(
            context.base(),
            task.file(),
            task.includedFrom(),
            context.role(),
            context.names(),
            context.handlers(),
            true,
            0);
    if (action.equals("include_tasks")) {
      literal(task, "file", "_raw_params").ifPresent(n -> file(n, here));
    } else if (action.equals("include_role")) {
      literal(task, "name", "role").ifPresent(n -> role(task, n, here));
    }
  }

  private static Optional<ScalarNode> literal(Task task, String... options) {
    return task.named(options)
        .filter(ScalarNode.class::isInstance)
        .map(ScalarNode.class::cast)
        .filter(n -> !n.isNull() && !TemplateEngine.isTemplate(n.text()));
  }

  private void file(ScalarNode name, LoadContext context) {
    Path file = PlaybookLoader.tasksFile(name.text(), context);
    if (!Files.isRegularFile(file)) {
      unknown = true;
      found.add(Diagnostic.warning(name.position(), "there is no file " + name.text()));
    } else if (seen.add(file)) {
      Diagnostics wrong = new Diagnostics();
      List<Statement> tasks = loader.loadTasks(file, name.position(), context, wrong);
      unknown |= wrong.hasErrors();
      wrong.all().forEach(found::add);
      checks.check().find(tasks).all().forEach(found::add);
      bodies.add(tasks);
      follow(tasks, context);
    }
  }

  private void role(Task task, ScalarNode name, LoadContext context) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String kind : FILE_KINDS) {
      if (task.option(kind + "_from").isPresent()) {
        Optional<ScalarNode> from = literal(task, kind + "_from");
        if (from.isEmpty()) {
          unknown = true;
          return;
        }
        files.put(kind, from.get().text());
      }
    }
    if (!seen.add(List.of(name.text(), files))) {
      return;
    }
    RoleUse use =
        new RoleUse(
            name.position(),
            name.text(),
            Keywords.NONE,
            Map.of(),
            files,
            true,
            false,
            false,
            Optional.of(true));
    try {
      RoleBlock block = loader.loadRole(use, context);
      checks.check().find(List.of(block)).all().forEach(found::add);
      bodies.add(List.of(block));
      follow(block, context);
    } catch (DiagnosticException e) {
      unknown = true;
      e.diagnostics().forEach(d -> found.add(atInclude(d, name) ? warning(d) : d));
    }
  }

  private static boolean atInclude(Diagnostic diagnostic, ScalarNode name) {
    return diagnostic.position().filter(name.position()::equals).isPresent();
  }

  private static Diagnostic warning(Diagnostic error) {
    return new Diagnostic(
        Severity.WARNING, error.message(), error.position(), error.hint(), error.notes());
  }
}
