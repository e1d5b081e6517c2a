package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostic.Severity;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Registry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the mistakes in a playbook that can be found without a host: options of modules, syntax of
 * templates, unknown filters. All at once, before the first connection.
 */
final class PlaybookCheck {
  /** Keywords whose text is an expression without braces. */
  private static final Set<String> CONDITIONS =
      Set.of("when", "until", "changed_when", "failed_when");

  /** Keywords of Ansible's that mean nothing here. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("become_exe", "become_flags", "debugger");

  /** Actions that the engine does itself. */
  static final Set<String> ENGINE_ACTIONS = Set.of("meta", "include_tasks", "include_role");

  private final Registry registry;
  private final OptionBinder binder;
  private final Templar templar;
  private final Diagnostics problems = new Diagnostics();
  private final Set<Role.Key> roles = new HashSet<>();
  private final Set<String> broken = new HashSet<>();
  private boolean defaults;

  /** How many statements around allow for a failure: options with mistakes may be one. */
  private int forgiving;

  PlaybookCheck(Registry registry, OptionBinder binder, Templar templar) {
    this.registry = registry;
    this.binder = binder;
    this.templar = templar;
  }

  /**
   * Checks all plays.
   *
   * @throws dev.molt.dsl.source.DiagnosticException with everything that was found
   */
  void check(Playbook playbook) {
    find(playbook).throwIfErrors();
  }

  /** What looks wrong, and stops nothing. */
  List<Diagnostic> warnings() {
    return problems.all().stream().filter(d -> d.severity() == Severity.WARNING).toList();
  }

  /** Checks all plays; gives what was found, warnings too. */
  Diagnostics find(Playbook playbook) {
    for (Play play : playbook.plays()) {
      keywords(play.keywords());
      new VarsFiles(play, templar).check(problems);
      statements(play.preTasks());
      statements(play.roles());
      statements(play.tasks());
      statements(play.postTasks());
      statements(play.handlers());
    }
    return problems;
  }

  void checkStatements(List<Statement> statements) {
    find(statements).throwIfErrors();
  }

  Diagnostics find(List<? extends Statement> statements) {
    statements(statements);
    return problems;
  }

  private void statements(List<? extends Statement> statements) {
    for (Statement statement : statements) {
      keywords(statement.keywords());
      int before = forgiving;
      forgiving += statement.keywords().has("ignore_errors") ? 1 : 0;
      if (statement instanceof Block block) {
        int around = forgiving;
        forgiving += block.rescue().isEmpty() ? 0 : 1;
        statements(block.body());
        forgiving = around;
        statements(block.rescue());
        statements(block.always());
      } else if (statement instanceof RoleBlock role) {
        role(role);
      } else {
        task((Task) statement);
      }
      forgiving = before;
    }
  }

  /** A role that is used twice is looked at once, but for what the use itself says. */
  private void role(RoleBlock role) {
    statements(role.dependencies());
    if (roles.add(role.role().key())) {
      statements(role.tasks());
      statements(role.handlers());
    }
  }

  private void task(Task task) {
    templates(task.options());
    task.moreOptions().ifPresent(this::templates);
    String name = Registry.plainName(task.action().text());
    TaskCheck.check(task, name, templar.engine().library(), problems);
    if (ENGINE_ACTIONS.contains(name)) {
      return;
    }
    // One that only Ansible has is no mistake until it is to run; the loader saw to the others.
    Optional<Module<?>> module = module(name);
    if (module.isPresent() && forgiving == 0) {
      binder.check(module.get().spec(), task, defaults, problems);
    }
  }

  /** What is wrong with a module in Groovy is said once, and is no reason not to look further. */
  private Optional<Module<?>> module(String name) {
    if (broken.contains(name)) {
      return Optional.empty();
    }
    try {
      return registry.find(name);
    } catch (DiagnosticException e) {
      broken.add(name);
      problems.addAll(e);
      return Optional.empty();
    }
  }

  private void keywords(Keywords keywords) {
    for (MappingNode.Entry entry : keywords.entries().values()) {
      String keyword = entry.key().text();
      defaults |= keyword.equals(ModuleDefaults.KEYWORD);
      if (WITHOUT_EFFECT.contains(keyword)) {
        problems.add(
            Diagnostic.warning(
                    entry.key().position().withLength(keyword.length()),
                    "'" + keyword + "' is not supported: it has no effect")
                .withHint("docs/compatibility.md lists what differs from Ansible"));
      }
      if (CONDITIONS.contains(keyword)) {
        List<Node> conditions =
            entry.value() instanceof SequenceNode s ? s.items() : List.of(entry.value());
        conditions.forEach(this::condition);
      } else {
        templates(entry.value());
      }
    }
  }

  private void condition(Node node) {
    if (node instanceof ScalarNode scalar && scalar.isString()) {
      boolean braces = TemplateEngine.isTemplate(scalar.text());
      templar.engine().check(scalar.text(), scalar.origin(), !braces, problems);
    }
  }

  private void templates(Node node) {
    if (node instanceof ScalarNode scalar) {
      if (scalar.isString()
          && !scalar.tag().equals("!unsafe")
          && TemplateEngine.isTemplate(scalar.text())) {
        templar.engine().check(scalar.text(), scalar.origin(), false, problems);
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.items().forEach(this::templates);
    } else if (node instanceof MappingNode mapping) {
      mapping.entries().forEach(e -> templates(e.value()));
    }
  }
}
