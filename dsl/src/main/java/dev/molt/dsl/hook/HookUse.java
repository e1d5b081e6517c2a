package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One script that {@code hooks} names or holds: a file, or a few lines for one moment. Reading it
 * off a playbook loads nothing of Groovy.
 *
 * @param atPlay whether it stands at a play
 * @param item the name of the file, or the mapping of moments that it is of: what comes after
 *     something belongs to what came before it in the same item
 */
public record HookUse(ScriptSource source, boolean atPlay, Node item) {
  /**
   * What {@code hooks} at a play, block or task says: the name of a file, a mapping of moments to
   * lines, or a list of such.
   *
   * @param folders where files are looked for, each with a folder {@code hooks} in it first
   * @param problems takes what is wrong
   */
  public static List<HookUse> of(
      Node hooks, List<Path> folders, boolean atPlay, Diagnostics problems) {
    List<HookUse> uses = new ArrayList<>();
    List<Node> items = hooks instanceof SequenceNode list ? list.items() : List.of(hooks);
    for (Node item : items) {
      try {
        if (item instanceof MappingNode moments) {
          moments.entries().forEach(e -> uses.add(inPlace(e, atPlay, item)));
        } else if (!Nodes.isNull(item)) {
          uses.add(new HookUse(ScriptSource.file(file(item, folders)), atPlay, item));
        }
      } catch (DiagnosticException e) {
        problems.addAll(e);
      }
    }
    return uses;
  }

  private static HookUse inPlace(MappingNode.Entry entry, boolean atPlay, Node item) {
    String word = entry.key().text();
    if (Moment.of(word, atPlay).isEmpty()) {
      throw Diagnostic.error(
              entry.key().position().withLength(word.length()), "there is no hook '" + word + "'")
          .withHint(
              Suggestions.hint(word, Moment.words())
                  .orElse("it is one of: " + String.join(", ", Moment.words())))
          .asException();
    }
    ScalarNode lines = Nodes.requireScalar(entry.value(), "'" + word + "'");
    return new HookUse(ScriptSource.inPlaybook(lines, word + " { ", "\n}"), atPlay, item);
  }

  private static Path file(Node item, List<Path> folders) {
    ScalarNode name = Nodes.requireScalar(item, "the name of a hook file");
    List<Path> tried = new ArrayList<>();
    for (Path folder : folders) {
      tried.add(folder.resolve("hooks").resolve(name.text()).normalize());
      tried.add(folder.resolve(name.text()).normalize());
    }
    Optional<Path> found = tried.stream().filter(Files::isRegularFile).findFirst();
    return found.orElseThrow(
        () ->
            Diagnostic.error(
                    name.position().withLength(Math.max(1, name.text().length())),
                    "there is no hook file '" + name.text() + "'")
                .withHint(
                    "looked for " + String.join(", ", tried.stream().map(Path::toString).toList()))
                .asException());
  }
}
