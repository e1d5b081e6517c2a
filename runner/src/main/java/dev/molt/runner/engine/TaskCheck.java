package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vars.LoopItems;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the mistakes in a task's keywords that show without a host. */
final class TaskCheck {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final List<String> LOOP_CONTROL =
      List.of(
          "label", "loop_var", "index_var", "pause", "extended", "extended_allitems", "break_when");

  private TaskCheck() {}

  static void check(Task task, String action, Library library, Diagnostics problems) {
    task.keywords().get("register").ifPresent(n -> variableName(n, "register", problems));
    if (action.equals("meta")) {
      meta(task, problems);
    }
    Optional<MappingNode.Entry> loop = Optional.empty();
    for (MappingNode.Entry entry : task.keywords().entries().values()) {
      String key = entry.key().text();
      if (!key.equals("loop") && !key.startsWith("with_")) {
        continue;
      }
      if (action.equals("meta")) {
        problems.add(Diagnostic.error(at(entry), "meta with a loop is not supported"));
      } else if (loop.isPresent()) {
        problems.add(
            Diagnostic.error(
                at(entry),
                "a task has one loop, this one has '%s' and '%s'"
                    .formatted(loop.get().key().text(), key)));
      }
      if (!key.equals("loop")) {
        LoopItems.unknown(key, at(entry), library).ifPresent(problems::add);
      }
      loop = Optional.of(entry);
    }
    task.keywords().get("loop_control").ifPresent(n -> loopControl(n, problems));
  }

  private static void loopControl(Node node, Diagnostics problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(
          Diagnostic.error(node.position(), "loop_control is a mapping, found " + node.kind()));
      return;
    }
    for (MappingNode.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!LOOP_CONTROL.contains(key)) {
        problems.add(
            Diagnostic.error(at(entry), "loop_control has no '" + key + "'")
                .withHint(
                    Suggestions.hint(key, LOOP_CONTROL)
                        .orElse("it has: " + String.join(", ", LOOP_CONTROL))));
      } else if (key.endsWith("_var")) {
        variableName(entry.value(), key, problems);
      }
    }
  }

  private static void variableName(Node node, String keyword, Diagnostics problems) {
    boolean template = node instanceof ScalarNode s && TemplateEngine.isTemplate(s.text());
    boolean loopVar = keyword.endsWith("_var") && template;
    if (loopVar || (node instanceof ScalarNode s && NAME.matcher(s.text()).matches())) {
      return;
    }
    problems.add(
        Diagnostic.error(whole(node), keyword + " takes the name of a variable")
            .withHint("letters, digits and underscores, and no braces"));
  }

  private static void meta(Task task, Diagnostics problems) {
    Optional<ScalarNode> action = MetaTasks.action(task);
    if (action.isPresent() && MetaTasks.ACTIONS.contains(action.get().text())) {
      return;
    }
    Node node = action.isPresent() ? action.get() : task.options();
    String text = node instanceof ScalarNode scalar ? scalar.text() : node.kind();
    problems.add(
        Diagnostic.error(whole(node), "there is no meta action '" + text + "'")
            .withHint(
                Suggestions.hint(text, MetaTasks.ACTIONS)
                    .orElse("it is one of: " + String.join(", ", MetaTasks.ACTIONS))));
  }

  private static Position at(MappingNode.Entry entry) {
    return entry.key().position().withLength(entry.key().text().length());
  }

  private static Position whole(Node node) {
    return node instanceof ScalarNode scalar && !scalar.text().isEmpty()
        ? scalar.origin().at(0, scalar.text().length())
        : node.position();
  }
}
