package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes the model of a playbook from its files. Reports all mistakes that it finds at once, as one
 * {@link DiagnosticException}. Thread-safe.
 */
public final class PlaybookLoader {
  private static final int MAX_IMPORT_DEPTH = 50;

  private final Set<String> actions;
  private final Function<String, String> plainName;

  /**
   * A loader that knows these actions.
   *
   * @param actions names of modules and of the engine's own actions, without collections
   * @param plainName takes the collection off an action's name, where it is one that is known
   */
  public PlaybookLoader(Set<String> actions, Function<String, String> plainName) {
    this.actions = Set.copyOf(actions);
    this.plainName = plainName;
  }

  /** Loads a playbook and all that it imports. */
  public Playbook load(Path file) {
    Diagnostics problems = new Diagnostics();
    List<Play> plays = loadPlays(file, Optional.empty(), problems, 0);
    problems.throwIfErrors();
    return new Playbook(file, plays);
  }

  /** Loads a list of tasks, for {@code include_tasks} and the like. */
  public List<Statement> loadTasks(Path file, Position includedAt) {
    Diagnostics problems = new Diagnostics();
    List<Statement> tasks =
        new StatementLoader(this, problems, 0).tasksOfFile(file, includedAt, false);
    problems.throwIfErrors();
    return tasks;
  }

  boolean isAction(String name) {
    return actions.contains(plainName.apply(name));
  }

  String plainName(String name) {
    return plainName.apply(name);
  }

  Set<String> actions() {
    return actions;
  }

  private List<Play> loadPlays(
      Path file, Optional<Position> importedAt, Diagnostics problems, int depth) {
    Optional<Node> root = read(file, importedAt, problems);
    List<Play> plays = new ArrayList<>();
    if (root.isEmpty()) {
      return plays;
    }
    if (!(root.get() instanceof SequenceNode list)) {
      problems.add(
          Diagnostic.error(
                  root.get().position(),
                  "a playbook is a list of plays, found " + root.get().kind())
              .withHint("begin each play with '- hosts: ...'"));
      return plays;
    }
    for (Node item : list.items()) {
      if (!(item instanceof MappingNode play)) {
        problems.add(
            Diagnostic.error(item.position(), "expected a play, found " + item.kind())
                .withHint("a play is a mapping that begins with '- hosts: ...'"));
      } else if (importOf(play).isPresent()) {
        plays.addAll(importPlays(file, play, importOf(play).get(), problems, depth));
      } else {
        plays.add(new PlayLoader(this, problems, file).load(play));
      }
    }
    return plays;
  }

  private static Optional<MappingNode.Entry> importOf(MappingNode play) {
    return play.entry("import_playbook").or(() -> play.entry("ansible.builtin.import_playbook"));
  }

  private List<Play> importPlays(
      Path file, MappingNode play, MappingNode.Entry entry, Diagnostics problems, int depth) {
    Position at = entry.value().position();
    for (MappingNode.Entry other : play.entries()) {
      String key = other.key().text();
      if (!other.key().equals(entry.key())
          && !Set.of("name", "when", "tags", "vars").contains(key)) {
        problems.add(
            Diagnostic.error(
                other.key().position(), "'" + key + "' cannot stand beside import_playbook"));
      }
    }
    if (!(entry.value() instanceof ScalarNode name) || name.isNull()) {
      problems.add(Diagnostic.error(at, "import_playbook takes the name of a playbook"));
      return List.of();
    }
    if (name.text().contains("{{")) {
      problems.add(
          Diagnostic.error(at, "import_playbook is done before any variable has a value")
              .withHint("give it the name of a file"));
      return List.of();
    }
    if (depth >= MAX_IMPORT_DEPTH) {
      problems.add(
          Diagnostic.error(at, "playbooks import each other more than " + depth + " deep")
              .withHint("does it import itself?"));
      return List.of();
    }
    List<Play> plays =
        loadPlays(file.resolveSibling(name.text()), Optional.of(at), problems, depth + 1);
    List<MappingNode.Entry> given =
        play.entries().stream()
            .filter(e -> Set.of("when", "tags", "vars").contains(e.key().text()))
            .toList();
    return given.isEmpty() ? plays : plays.stream().map(p -> wrapped(p, at, given)).toList();
  }

  /** What stands beside import_playbook holds for every task of every play. */
  private static Play wrapped(Play play, Position at, List<MappingNode.Entry> given) {
    Keywords keywords = Keywords.of(given);
    Function<List<Statement>, List<Statement>> wrap =
        body ->
            body.isEmpty() ? body : List.of(new Block(at, keywords, body, List.of(), List.of()));
    return new Play(
        play.position(),
        play.file(),
        play.keywords(),
        wrap.apply(play.preTasks()),
        wrap.apply(play.tasks()),
        wrap.apply(play.postTasks()),
        play.handlers());
  }

  /** Reads a file; what is wrong with it goes to {@code problems}. */
  static Optional<Node> read(Path file, Optional<Position> from, Diagnostics problems) {
    try {
      Optional<Node> root = YamlReader.read(Source.file(file));
      if (root.isEmpty() && from.isEmpty()) {
        problems.add(Diagnostic.error(file + " is empty"));
      }
      return root;
    } catch (DiagnosticException e) {
      problems.addAll(e);
    } catch (NoSuchFileException e) {
      problems.add(located(from, "there is no file " + file));
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "it is a directory" : e.getMessage();
      problems.add(located(from, "cannot read " + file + ": " + why));
    }
    return Optional.empty();
  }

  private static Diagnostic located(Optional<Position> from, String message) {
    return from.map(p -> Diagnostic.error(p, message)).orElse(Diagnostic.error(message));
  }
}
