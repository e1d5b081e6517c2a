package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.template.References;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vars.DefinableNames;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.runner.module.Registry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds names in the templates of plays and tasks that nothing can define: an error where the
 * template is sure to be evaluated, else a warning. Not thread-safe.
 */
final class NameCheck {
  /** Keywords of tasks whose text is an expression without braces. */
  private static final List<String> CONDITIONS =
      List.of("when", "changed_when", "failed_when", "until");

  /** What is shown as it stands if it cannot be evaluated, or evaluated only when it is used. */
  private static final Set<String> NEVER_SURE =
      Set.of("vars", "loop_control", "module_defaults", "notify", "listen");

  private static final Set<String> NOT_LOOKED_AT = Set.of("name", "register", "tags");

  private final TemplateEngine engine;
  private final DefinableNames names;
  private final Diagnostics found;
  private boolean ended;

  /**
   * A check against these names.
   *
   * @param found takes what is missing
   */
  NameCheck(TemplateEngine engine, DefinableNames names, Diagnostics found) {
    this.engine = engine;
    this.names = names;
    this.found = found;
  }

  /** Where a statement stands: whether it is sure to run, and what is asked about around it. */
  private record Around(boolean sure, Set<String> asked) {
    Around within(boolean stillSure, Set<String> more) {
      Set<String> all = new HashSet<>(asked);
      all.addAll(more);
      return new Around(sure && stillSure, all);
    }

    Around unsure() {
      return new Around(false, asked);
    }
  }

  void play(Play play) {
    ended = false;
    Around around = new Around(true, Set.of());
    play.keywords()
        .entries()
        .forEach(
            (name, entry) -> {
              if (!NOT_LOOKED_AT.contains(name)) {
                templates(entry.value(), name.equals("hosts") ? around : around.unsure());
              }
            });
    statements(play.preTasks(), around);
    statements(play.roles(), around);
    statements(play.tasks(), around);
    statements(play.postTasks(), around);
    statements(play.handlers(), around.unsure());
  }

  /** What was included: it may never run. */
  void included(List<? extends Statement> statements) {
    statements(statements, new Around(false, Set.of()));
  }

  private void statements(List<? extends Statement> statements, Around around) {
    for (Statement statement : statements) {
      if (statement instanceof Block block) {
        Around inner = keywords(block.keywords(), around);
        statements(block.body(), block.rescue().isEmpty() ? inner : inner.unsure());
        statements(block.rescue(), inner.unsure());
        statements(block.always(), inner.unsure());
      } else if (statement instanceof RoleBlock role) {
        Around inner = keywords(role.keywords(), around);
        statements(role.dependencies(), inner);
        statements(role.tasks(), inner);
        statements(role.handlers(), inner.unsure());
      } else {
        task((Task) statement, around);
      }
    }
  }

  private void task(Task task, Around before) {
    Around around = ended ? before.unsure() : before;
    ended |= mayEnd(task);
    boolean debug = task.action().text().endsWith("debug");
    Around inner = keywords(task.keywords(), around);
    templates(task.options(), debug ? inner.unsure() : inner);
    task.moreOptions().ifPresent(more -> templates(more, inner));
  }

  /** Whether it may be that nothing after this task runs, without anything having failed. */
  private static boolean mayEnd(Task task) {
    return Registry.plainName(task.action().text()).equals("meta")
        && task.named("free_form", "_raw_params")
            .filter(n -> n instanceof ScalarNode text && text.text().contains("end_"))
            .isPresent();
  }

  /** Looks at keywords; gives what holds for what they belong to. */
  private Around keywords(Keywords keywords, Around around) {
    Set<String> asked = new HashSet<>();
    for (String keyword : CONDITIONS) {
      keywords.get(keyword).ifPresent(node -> asked.addAll(asked(node)));
    }
    boolean forgiven = keywords.has("ignore_errors") || never(keywords);
    boolean loops =
        keywords.entries().keySet().stream()
            .anyMatch(k -> k.equals("loop") || k.startsWith("with_"));
    Around outside = around.within(!forgiven, asked);
    Around inside = outside.within(!keywords.has("when") && !loops, Set.of());
    for (MappingNode.Entry entry : keywords.entries().values()) {
      String keyword = entry.key().text();
      if (CONDITIONS.contains(keyword)) {
        conditions(entry.value(), keyword.equals("when") ? outside : inside);
      } else if (keyword.equals("loop") || keyword.startsWith("with_")) {
        templates(entry.value(), keywords.has("when") ? outside.unsure() : outside);
      } else if (!NOT_LOOKED_AT.contains(keyword)) {
        templates(entry.value(), NEVER_SURE.contains(keyword) ? inside.unsure() : inside);
      }
    }
    return inside;
  }

  private static boolean never(Keywords keywords) {
    return keywords.get("tags").map(NameCheck::items).orElse(List.of()).stream()
        .anyMatch(t -> t instanceof ScalarNode tag && tag.text().contains("never"));
  }

  private Set<String> asked(Node node) {
    Set<String> asked = new HashSet<>();
    for (Node item : items(node)) {
      if (item instanceof ScalarNode scalar && scalar.isString()) {
        References references = condition(scalar);
        asked.addAll(references.asked());
        asked.addAll(references.optional());
      }
    }
    return asked;
  }

  /** Of several, only the first one is sure to be evaluated. */
  private void conditions(Node node, Around around) {
    Around now = around;
    for (Node item : items(node)) {
      if (item instanceof ScalarNode scalar && scalar.isString()) {
        report(condition(scalar), now);
      }
      now = now.unsure();
    }
  }

  private References condition(ScalarNode scalar) {
    boolean braces = TemplateEngine.isTemplate(scalar.text());
    return engine.check(scalar.text(), scalar.origin(), !braces, new Diagnostics());
  }

  private void templates(Node node, Around around) {
    if (node instanceof ScalarNode scalar) {
      if (scalar.isString()
          && !scalar.tag().equals("!unsafe")
          && TemplateEngine.isTemplate(scalar.text())) {
        report(engine.check(scalar.text(), scalar.origin(), false, new Diagnostics()), around);
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.items().forEach(item -> templates(item, around));
    } else if (node instanceof MappingNode mapping) {
      mapping.entries().forEach(entry -> templates(entry.value(), around));
    }
  }

  private void report(References references, Around around) {
    names.missing(references, around.asked(), around.sure()).forEach(found::add);
  }

  private static List<Node> items(Node node) {
    return node instanceof SequenceNode list ? list.items() : List.of(node);
  }
}
