package dev.molt.dsl.playbook;

import dev.molt.dsl.hook.PlaybookFile;
import dev.molt.dsl.hook.ScriptSource;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
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
  private final Templar templar;
  private final List<Layer> extraVars;
  private final List<Path> rolesPath;
  private final List<Path> collectionsPath;

  /**
   * A loader that knows these actions, and nothing of the command line.
   *
   * @param actions names of modules and of the engine's own actions, without collections
   * @param plainName takes the collection off an action's name, where it is one that is known
   */
  public PlaybookLoader(Set<String> actions, Function<String, String> plainName) {
    this(
        actions,
        plainName,
        new Templar(new TemplateEngine(Library.builtin())),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * A loader that knows these actions.
   *
   * @param extraVars those of the command line, strongest first: names of imports may use them
   * @param rolesPath where else to look for roles than beside the playbook
   * @param collectionsPath folders that hold {@code ansible_collections}
   */
  public PlaybookLoader(
      Set<String> actions,
      Function<String, String> plainName,
      Templar templar,
      List<Layer> extraVars,
      List<Path> rolesPath,
      List<Path> collectionsPath) {
    this.actions = Set.copyOf(actions);
    this.plainName = plainName;
    this.templar = templar;
    this.extraVars = List.copyOf(extraVars);
    this.rolesPath = List.copyOf(rolesPath);
    this.collectionsPath = List.copyOf(collectionsPath);
  }

  /** Loads a playbook and all that it imports. */
  public Playbook load(Path file) {
    Diagnostics problems = new Diagnostics();
    Playbook playbook = load(file, problems);
    problems.throwIfErrors();
    return playbook;
  }

  /** The same, but gives also what is left of a playbook with mistakes, to look for more. */
  public Playbook load(Path file, Diagnostics problems) {
    LoadContext context = LoadContext.ofPlay(file, new Variables(templar, extraVars));
    return new Playbook(file, loadPlays(context, Optional.empty(), problems));
  }

  /**
   * Makes a playbook of a tree that stands in no file.
   *
   * @param file relative paths are meant from its folder; it is not read
   * @param plays a list of plays
   */
  public Playbook load(Path file, Node plays) {
    Diagnostics problems = new Diagnostics();
    LoadContext context = LoadContext.ofPlay(file, new Variables(templar, extraVars));
    Playbook playbook = new Playbook(file, plays(plays, context, problems));
    problems.throwIfErrors();
    return playbook;
  }

  /** Loads a list of tasks, for {@code include_tasks} and the like. */
  public List<Statement> loadTasks(Path file, Position includedAt, LoadContext context) {
    Diagnostics problems = new Diagnostics();
    List<Statement> tasks = loadTasks(file, includedAt, context, problems);
    problems.throwIfErrors();
    return tasks;
  }

  /** The same, but gives also what is left of tasks with mistakes, to look for more. */
  public List<Statement> loadTasks(
      Path file, Position includedAt, LoadContext context, Diagnostics problems) {
    return new StatementLoader(this, problems).tasksOfFile(includedAt, context.in(file));
  }

  /** Loads a use of a role that is met in a run. */
  public RoleBlock loadRole(RoleUse use, LoadContext context) {
    Diagnostics problems = new Diagnostics();
    Optional<RoleBlock> role = new RoleLoader(this, problems).load(use, context);
    problems.throwIfErrors();
    return role.orElseThrow();
  }

  /**
   * The file of tasks that a task names: the first that exists, else the first that could.
   *
   * @param context of the task that names it
   */
  public static Path tasksFile(String name, LoadContext context) {
    List<Path> candidates = context.candidates(name);
    return candidates.stream().filter(Files::isRegularFile).findFirst().orElse(candidates.get(0));
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

  Templar templar() {
    return templar;
  }

  List<Path> rolesPath() {
    return rolesPath;
  }

  List<Path> collectionsPath() {
    return collectionsPath;
  }

  private List<Play> loadPlays(
      LoadContext context, Optional<Position> importedAt, Diagnostics problems) {
    return read(context.file(), importedAt, problems)
        .map(root -> plays(root, context, problems))
        .orElse(List.of());
  }

  private List<Play> plays(Node root, LoadContext context, Diagnostics problems) {
    List<Play> plays = new ArrayList<>();
    if (!(root instanceof SequenceNode list)) {
      problems.add(
          Diagnostic.error(root.position(), "a playbook is a list of plays, found " + root.kind())
              .withHint("begin each play with '- hosts: ...'"));
      return plays;
    }
    for (Node item : list.items()) {
      if (!(item instanceof MappingNode play)) {
        problems.add(
            Diagnostic.error(item.position(), "expected a play, found " + item.kind())
                .withHint("a play is a mapping that begins with '- hosts: ...'"));
      } else if (importOf(play).isPresent()) {
        plays.addAll(importPlays(context, play, importOf(play).get(), problems));
      } else {
        plays.add(new PlayLoader(this, problems, context).load(play));
      }
    }
    return plays;
  }

  private static Optional<MappingNode.Entry> importOf(MappingNode play) {
    return play.entry("import_playbook")
        .or(() -> play.entry("ansible.builtin.import_playbook"))
        .or(() -> play.entry("ansible.legacy.import_playbook"));
  }

  private List<Play> importPlays(
      LoadContext context, MappingNode play, MappingNode.Entry entry, Diagnostics problems) {
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
    LoadContext inner =
        play.get("vars").orElse(null) instanceof MappingNode vars
            ? context.with(Layer.ofNodes("vars of import_playbook", vars))
            : context;
    Optional<String> name =
        new StaticNames(templar, problems).name(entry.value(), "import_playbook", "", inner);
    if (name.isEmpty()) {
      return List.of();
    }
    if (context.depth() >= MAX_IMPORT_DEPTH) {
      problems.add(
          Diagnostic.error(
                  at, "playbooks import each other more than " + MAX_IMPORT_DEPTH + " deep")
              .withHint("does it import itself?"));
      return List.of();
    }
    Path imported = context.file().resolveSibling(name.get());
    LoadContext there =
        new LoadContext(
            LoadContext.directory(imported),
            imported,
            List.of(),
            Optional.empty(),
            inner.names(),
            false,
            false,
            context.depth() + 1);
    List<Play> plays = loadPlays(there, Optional.of(at), problems);
    List<MappingNode.Entry> given =
        play.entries().stream()
            .filter(e -> Set.of("when", "tags", "vars").contains(e.key().text()))
            .toList();
    return given.isEmpty() ? plays : plays.stream().map(p -> ImportedPlay.with(p, given)).toList();
  }

  /** Reads a file; what is wrong with it goes to {@code problems}. */
  Optional<Node> read(Path file, Optional<Position> from, Diagnostics problems) {
    try {
      if (ScriptSource.is(file) && Files.isRegularFile(file)) {
        SequenceNode said = PlaybookFile.read(file);
        if (said.items().isEmpty() && from.isEmpty()) {
          problems.add(Diagnostic.error(file + " is empty"));
          return Optional.empty();
        }
        return Optional.of(said);
      }
      Source source = templar.vault().file(file);
      Optional<Node> root = YamlReader.read(source);
      // Of what is encrypted only those who merely look can be given nothing.
      if (root.isEmpty() && from.isEmpty() && !source.isConfidential()) {
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
