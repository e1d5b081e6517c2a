package dev.molt.runner.engine;

import dev.molt.dsl.playbook.KeyValueWords;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.module.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The options that a task gives, by name: from a mapping, from {@code key=value} words, from a free
 * text, and from {@code args}, which the task's own options override.
 *
 * @param nodes each option as written
 * @param keys where its name stands; for words, where the word stands
 */
record GivenOptions(Map<String, Node> nodes, Map<String, ScalarNode> keys) {
  /** Actions whose text is a command line: all in it belongs to it but these words. */
  private static final Set<String> COMMANDS = Set.of("command", "shell", "script", "raw");

  private static final Set<String> COMMAND_OPTIONS =
      Set.of(
          "creates",
          "removes",
          "chdir",
          "executable",
          "stdin",
          "stdin_add_newline",
          "strip_empty_ends");

  /** What the task gives, as far as it shows without variables. */
  static GivenOptions of(Spec<?> spec, Task task) {
    return of(spec, task, Map.of(), node -> Optional.empty());
  }

  /**
   * What the task gives.
   *
   * @param defaults what {@code module_defaults} give where the task does not
   * @param whole evaluates a template that stands for all options
   */
  static GivenOptions of(
      Spec<?> spec,
      Task task,
      Map<String, Node> defaults,
      Function<ScalarNode, Optional<MappingNode>> whole) {
    GivenOptions given = new GivenOptions(new LinkedHashMap<>(), new LinkedHashMap<>());
    defaults.forEach((name, node) -> given.put(name, node, task.action()));
    task.moreOptions()
        .flatMap(
            more -> more instanceof ScalarNode s ? whole.apply(s) : Optional.of((MappingNode) more))
        .ifPresent(given::addAll);
    Node options = task.options();
    if (options instanceof MappingNode mapping) {
      given.addAll(mapping);
    } else if (options instanceof ScalarNode text) {
      if (!text.isNull()) {
        boolean open = spec.freeForm().isEmpty() && isOneTemplate(text);
        Optional<MappingNode> all = open ? whole.apply(text) : Optional.empty();
        if (all.isPresent()) {
          given.addAll(all.get());
        } else if (!open) {
          given.addText(spec, text);
        }
      }
    } else {
      String freeForm = spec.freeForm().orElse("");
      if (freeForm.isEmpty()) {
        throw Diagnostic.error(
                options.position(),
                spec.name() + " takes a mapping of options, found " + options.kind())
            .withHint("write one 'option: value' on each line, without '-'")
            .asException();
      }
      given.put(freeForm, options, task.action());
    }
    return given;
  }

  /** Whether a template gives options of the task as a whole, so that they show in a run only. */
  static boolean isOpen(Spec<?> spec, Task task) {
    return task.moreOptions().filter(ScalarNode.class::isInstance).isPresent()
        || (spec.freeForm().isEmpty()
            && task.options() instanceof ScalarNode text
            && isOneTemplate(text));
  }

  private static boolean isOneTemplate(ScalarNode text) {
    String stripped = text.text().strip();
    return stripped.startsWith("{{") && stripped.indexOf("}}") == stripped.length() - 2;
  }

  private void addAll(MappingNode mapping) {
    for (MappingNode.Entry entry : mapping.entries()) {
      put(entry.key().text(), entry.value(), entry.key());
    }
  }

  private void addText(Spec<?> spec, ScalarNode text) {
    KeyValueWords words = KeyValueWords.parse(text);
    if (spec.freeForm().isEmpty()) {
      if (!words.rest().isBlank()) {
        throw Diagnostic.error(
                text.position(),
                spec.name() + " takes options, found the text '" + text.text() + "'")
            .withHint("write 'option: value' below '" + spec.name() + ":'")
            .asException();
      }
      words.pairs().forEach(pair -> put(pair.key().text(), pair.value(), pair.key()));
      return;
    }
    boolean command = COMMANDS.contains(spec.name());
    List<KeyValueWords.Pair> own =
        words.pairs().stream()
            .filter(p -> spec.option(p.key().text()).isPresent())
            .filter(p -> !command || COMMAND_OPTIONS.contains(p.key().text()))
            .toList();
    own.forEach(pair -> put(pair.key().text(), pair.value(), pair.key()));
    ScalarNode rest = words.without(own);
    put(
        spec.freeForm().get(),
        command ? KeyValueWords.joined(rest) : KeyValueWords.stripped(rest),
        text);
  }

  private void put(String name, Node value, ScalarNode key) {
    nodes.put(name, value);
    keys.put(name, key);
  }
}
