package dev.molt.runner.repl;

import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.dsl.yaml.YamlReader;
import dev.molt.runner.module.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a play of a line: one that the engine runs as it runs those of playbooks, and whose
 * mistakes are shown in the line.
 */
final class LineTasks {
  private final PlaybookLoader loader;
  private final Registry registry;
  private final Path folder;

  /**
   * @param folder relative paths are meant from there
   */
  LineTasks(PlaybookLoader loader, Registry registry, Path folder) {
    this.loader = loader;
    this.registry = registry;
    this.folder = folder;
  }

  /**
   * A play, and what is to be known of its result.
   *
   * @param tasks as they are run, for a playbook of them
   * @param variable where the result is registered
   * @param expression whether the result is the value of an expression
   */
  record Made(Playbook playbook, List<Node> tasks, Optional<String> variable, boolean expression) {}

  /**
   * Makes a play.
   *
   * @param variable the name under which to register the result, where the line names none
   * @throws dev.molt.dsl.source.DiagnosticException for a line that is none
   */
  Made of(Line line, Mood mood, ResultNames results, String variable) {
    List<Node> tasks = new ArrayList<>();
    tasks(line).forEach(t -> tasks.add(results.in(t)));
    Optional<String> registered = register(tasks, variable);
    Playbook playbook = playbook(tasks, mood);
    return new Made(
        playbook,
        tasks,
        registered,
        line instanceof Line.Expression || line instanceof Line.Groovy);
  }

  /** A play without a purpose: with its hosts something is to be done. */
  Playbook nothing(Mood mood) {
    Position at = Source.inline("hosts", mood.hosts()).at(0, mood.hosts().length());
    return playbook(List.of(mapping(at, key(at, "ping"), ScalarNode.made(at, ""))), mood);
  }

  private Playbook playbook(List<Node> tasks, Mood mood) {
    Position at = tasks.get(0).position();
    Position hosts =
        Source.inline(":hosts", mood.hosts()).at(0, Math.max(1, mood.hosts().length()));
    List<MappingNode.Entry> play = new ArrayList<>();
    play.add(new MappingNode.Entry(key(at, "hosts"), ScalarNode.made(hosts, mood.hosts())));
    mood.become().ifPresent(b -> play.add(new MappingNode.Entry(key(at, "become"), flag(at, b))));
    mood.becomeUser()
        .ifPresent(
            u -> play.add(new MappingNode.Entry(key(at, "become_user"), ScalarNode.made(at, u))));
    play.add(new MappingNode.Entry(key(at, "tasks"), new SequenceNode(at, tasks)));
    return loader.load(
        folder.resolve("line"), new SequenceNode(at, List.of(new MappingNode(at, play))));
  }

  private List<Node> tasks(Line line) {
    if (line instanceof Line.Call call) {
      known(call.module());
      return List.of(
          new MappingNode(
              call.module().position(),
              List.of(new MappingNode.Entry(call.module(), call.arguments()))));
    } else if (line instanceof Line.Shell shell) {
      Position at = shell.command().position();
      if (shell.command().text().isBlank()) {
        throw Diagnostic.error(at, "there is no command after the !")
            .withHint("! uptime runs 'uptime' on all hosts")
            .asException();
      }
      return List.of(mapping(at, key(at, "shell"), mapping(at, key(at, "cmd"), shell.command())));
    } else if (line instanceof Line.Expression expression) {
      ScalarNode text = expression.text();
      Position at = text.position();
      boolean bare = text.text().startsWith("$");
      return List.of(
          mapping(at, key(at, "debug"), mapping(at, key(at, "msg"), bare ? inBraces(text) : text)));
    } else if (line instanceof Line.Groovy groovy) {
      return List.of(valueOf(groovy.code()));
    } else if (line instanceof Line.Tasks tasks) {
      return ofYaml(tasks.source());
    }
    throw new IllegalArgumentException("no task: " + line);
  }

  /** A task that shows what a hook before it has made of the code. */
  private static Node valueOf(ScalarNode code) {
    Position at = code.position();
    String before = "set('molt_groovy', ({ -> ";
    String whole = before + code.text() + "\n})())";
    ScalarNode lines =
        new ScalarNode(
            at,
            whole,
            new dev.molt.dsl.value.StrValue(whole),
            code.style(),
            code.tag(),
            (offset, length) ->
                code.origin()
                    .at(
                        Math.min(
                            Math.max(0, offset - before.length()),
                            Math.max(0, code.text().length() - 1)),
                        length));
    Node shown = mapping(at, key(at, "msg"), ScalarNode.made(at, "{{ molt_groovy }}"));
    return new MappingNode(
        at,
        List.of(
            new MappingNode.Entry(key(at, "debug"), shown),
            new MappingNode.Entry(key(at, "hooks"), mapping(at, key(at, "before"), lines))));
  }

  private static List<Node> ofYaml(Source source) {
    Node root = YamlReader.read(source).orElseThrow();
    if (root instanceof SequenceNode list && !list.items().isEmpty()) {
      if (list.items().get(0) instanceof MappingNode first && first.get("hosts").isPresent()) {
        throw Diagnostic.error(list.position(), "this is a play, and a line is a task or several")
            .withHint("leave out 'hosts' and 'tasks': ':hosts PATTERN' says for whom lines are")
            .asException();
      }
      return list.items();
    } else if (root instanceof MappingNode task) {
      return List.of(task);
    }
    throw Diagnostic.error(root.position(), "expected a task, found " + root.kind())
        .withHint("a task names a module: 'service:', and below it its options")
        .asException();
  }

  /** The offsets in what comes of it are two too large for {@link ResultNames}: it moves them. */
  private static ScalarNode inBraces(ScalarNode text) {
    String braced = "{{" + text.text() + "}}";
    return new ScalarNode(
        text.position(),
        braced,
        new dev.molt.dsl.value.StrValue(braced),
        text.style(),
        text.tag(),
        (offset, length) -> text.origin().at(Math.max(0, offset - 2), length));
  }

  private void known(ScalarNode module) {
    String name = Registry.plainName(module.text());
    Set<String> engines = Set.of("meta", "include_tasks", "include_role", "import_tasks");
    if (registry.find(name).isPresent() || engines.contains(name) || name.equals("import_role")) {
      return;
    }
    String hint =
        Set.of("quit", "exit", "help", "hosts", "facts", "vars", "doc", "results", "save", "watch")
                .contains(name)
            ? "commands begin with a colon: :" + (name.equals("exit") ? "quit" : name)
            : Suggestions.hint(name, registry.names())
                .orElse("'! " + module.text() + " ...' runs a program; :help lists what lines are");
    throw Diagnostic.error(module.position(), "there is no module '" + module.text() + "'")
        .withHint(hint)
        .asException();
  }

  /** Only what a module does gives a result. */
  private Optional<String> register(List<Node> tasks, String variable) {
    int last = tasks.size() - 1;
    if (!(tasks.get(last) instanceof MappingNode task)) {
      return Optional.empty();
    }
    if (task.get("register").orElse(null) instanceof ScalarNode own) {
      return Optional.of(own.text());
    }
    boolean module =
        task.entries().stream()
            .map(e -> Registry.plainName(e.key().text()))
            .anyMatch(k -> registry.find(k).isPresent() || k.endsWith("action"));
    if (!module) {
      return Optional.empty();
    }
    List<MappingNode.Entry> entries = new ArrayList<>(task.entries());
    Position at = task.position();
    entries.add(new MappingNode.Entry(key(at, "register"), ScalarNode.made(at, variable)));
    tasks.set(last, new MappingNode(at, entries));
    return Optional.of(variable);
  }

  private static ScalarNode key(Position at, String name) {
    return ScalarNode.made(at, name);
  }

  private static ScalarNode flag(Position at, boolean value) {
    return new ScalarNode(
        at,
        String.valueOf(value),
        BoolValue.of(value),
        ScalarNode.Style.PLAIN,
        "",
        (offset, length) -> at);
  }

  private static MappingNode mapping(Position at, ScalarNode key, Node value) {
    return new MappingNode(at, List.of(new MappingNode.Entry(key, value)));
  }
}
