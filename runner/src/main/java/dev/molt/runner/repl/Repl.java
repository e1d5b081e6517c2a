package dev.molt.runner.repl;

import dev.molt.dsl.hook.Hooks;
import dev.molt.dsl.hook.ScriptSource;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import dev.molt.dsl.yaml.YamlReader;
import dev.molt.runner.cli.HostNames;
import dev.molt.runner.engine.RunOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A session of lines: carries each out and prints what came of it. Used by one thread, but for
 * {@link #interrupt}.
 */
public final class Repl implements AutoCloseable {
  /** A line that is wrong, or that nobody allowed. */
  static final int WRONG = 1;

  private final Start start;
  private final Console console;
  private final Runs runs;
  private final Orders orders;
  private Mood mood;
  private Optional<VaultedValues> vaulted = Optional.empty();
  private boolean ended;
  private Thread busy;

  /** A session in which nothing is connected yet. */
  public Repl(Start start, Console console) {
    this.start = start;
    this.console = console;
    RunOptions options = start.options();
    this.mood =
        new Mood(
            options.limit().orElse("all"),
            Optional.empty(),
            Optional.empty(),
            options.check(),
            options.diff(),
            options.readOnly());
    this.runs = new Runs(start, console);
    this.orders = new Orders(this, start);
  }

  Console console() {
    return console;
  }

  Runs runs() {
    return runs;
  }

  Orders orders() {
    return orders;
  }

  Mood mood() {
    return mood;
  }

  void mood(Mood other) {
    mood = other;
  }

  /** Nothing comes after this line. */
  void end() {
    ended = true;
  }

  /** What stands before a line: for whom it is, and how it is run. */
  public String prompt() {
    String how = mood.readOnly() ? " read-only" : mood.check() ? " check" : "";
    String who =
        mood.become().equals(Optional.of(true)) ? " as " + mood.becomeUser().orElse("root") : "";
    return "molt " + mood.hosts() + who + how + "> ";
  }

  /** Whether somebody has said that the session is over. */
  public boolean ended() {
    return ended;
  }

  /**
   * Carries a line out.
   *
   * @return 0 all well, 1 the line is wrong, 2 a host failed, 4 a host was unreachable, 130
   *     interrupted
   */
  public int run(Source source) {
    synchronized (this) {
      busy = Thread.currentThread();
    }
    try {
      // What the line shows may hold one.
      knowsSecrets();
      return carryOut(Line.of(source), source);
    } catch (DiagnosticException e) {
      e.diagnostics().forEach(this::tell);
      return WRONG;
    } catch (InterruptedException e) {
      console.show(List.of("interrupted"));
      return 130;
    } finally {
      synchronized (this) {
        busy = null;
      }
      Thread.interrupted();
    }
  }

  /**
   * Carries out what was typed at a terminal: one line, or several that were pasted, up to the
   * first one that does not go well.
   */
  public void type(String text) {
    List<Source> lines = new ArrayList<>();
    LineSplitter splitter = LineSplitter.written(new BufferedReader(new StringReader(text)));
    try {
      for (Optional<String> line = splitter.next(); line.isPresent(); line = splitter.next()) {
        lines.add(Source.inline("line:" + splitter.first(), line.get()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (lines.size() < 2) {
      run(Source.inline("line", text));
      return;
    }
    for (Source line : lines) {
      if (ended || run(line) != 0) {
        break;
      }
    }
  }

  /** Stops the line that is being carried out, if there is one; on any thread. */
  public synchronized void interrupt() {
    if (busy != null) {
      busy.interrupt();
    }
  }

  /** Whether a line is being carried out; on any thread. */
  public synchronized boolean busy() {
    return busy != null;
  }

  /** Begins to open what is encrypted: somebody who sits there may type it. */
  public void learnSecrets() {
    vaulted = Optional.of(VaultedValues.opening(start));
  }

  /** Whether all secrets are known; waits a little for them. */
  public boolean knowsSecrets() {
    return vaulted.map(VaultedValues::known).orElse(true);
  }

  /** Begins to connect, and keeps connections from now on. */
  public void connectAhead() {
    try {
      runs.connect(mood);
    } catch (DiagnosticException e) {
      // The first line that is for these hosts says so.
    }
    runs.keepAlive();
  }

  private void tell(Diagnostic diagnostic) {
    String text = start.secrets().mask(DiagnosticFormatter.format(diagnostic));
    List<String> lines = new ArrayList<>(text.lines().toList());
    lines.set(0, console.style().red(lines.get(0)));
    console.show(lines);
  }

  private int carryOut(Line line, Source source) throws InterruptedException {
    if (line instanceof Line.Nothing) {
      return 0;
    } else if (line instanceof Line.Order order) {
      return orders.carryOut(order);
    } else if (line instanceof Line.Run run) {
      return playbook(run.words());
    }
    return task(line, source.text());
  }

  /** Runs a line on its hosts, where it may; gives its status. */
  int task(Line line, String typed) {
    refuseWhereReadOnly(line);
    if (!asks(line)) {
      return real(line, typed, Set.of());
    } else if (mood.looksOnly()) {
      return shown(runs.run(line, typed, mood.planning(), runs.allowingNoOther()));
    } else if (line instanceof Line.Groovy groovy) {
      // What it would do, only doing it tells; but nobody is asked for what cannot be done.
      Hooks.parse(ScriptSource.inPlace(groovy.code(), "", ""));
      allowed("run it for real? [y/N] ");
      return real(line, typed, everyHost());
    }
    Runnable before = runs.session().remembered();
    Runs.Ran planned = runs.run(line, typed, mood.planning(), runs.allowingNoOther());
    boolean well = planned.outcome().exitStatus() == 0;
    if (well && !planned.wouldChange() && !planned.settled()) {
      // More may come of it than a check foretells: where it changes a host, that one is asked for.
      before.run();
      Guard.Asking asking = runs.allowing(Set.of());
      return ended(runs.again(line, typed, mood, asking), asking);
    }
    int status = shown(planned);
    if (!well) {
      console.show(List.of("this was only a check: nothing was changed"));
      return status;
    } else if (!planned.wouldChange()) {
      runs.lastWas(mood);
      return status;
    }
    // What was only looked at is not to be seen in what comes.
    before.run();
    Set<String> hosts = planned.hosts();
    try {
      allowed("make this change on " + HostNames.of(List.copyOf(hosts)) + "? [y/N] ");
    } catch (DiagnosticException e) {
      runs.forgetLast();
      throw e;
    }
    Guard.Asking asking = runs.allowing(hosts);
    return ended(runs.again(line, typed, mood, asking), asking);
  }

  private int real(Line line, String typed, Set<String> hosts) {
    Guard.Asking asking = runs.allowing(hosts);
    return ended(runs.run(line, typed, mood, asking), asking);
  }

  private int ended(Runs.Ran ran, Guard.Asking asking) {
    int status = shown(ran);
    return asking.refused() ? WRONG : status;
  }

  private Set<String> everyHost() {
    return runs.session().inventory().hosts().stream()
        .map(h -> h.name())
        .collect(Collectors.toSet());
  }

  /**
   * Whether somebody is to be asked before the line is run. Groovy may do anything, anywhere; of
   * what else reaches other hosts than its own, those are asked when it comes to them.
   */
  boolean asks(Line line) {
    if (line instanceof Line.Expression) {
      return false;
    }
    return line instanceof Line.Groovy ? runs.asksAnywhere() : runs.asks(mood);
  }

  /** What a shell or a script would do cannot be foretold, so that it would not be run anyway. */
  void refuseWhereReadOnly(Line line) {
    if (!mood.readOnly()) {
      return;
    } else if (line instanceof Line.Shell shell) {
      throw refused(shell.command().position(), "a command could do anything");
    } else if (line instanceof Line.Groovy groovy) {
      throw refused(groovy.code().position(), "Groovy could do anything");
    } else if (line instanceof Line.Tasks tasks) {
      YamlReader.read(tasks.source())
          .flatMap(Repl::hooks)
          .ifPresent(
              at -> {
                throw refused(at, "hooks could do anything");
              });
    }
  }

  /** Where hooks stand in tasks, however they are written. */
  private static Optional<Position> hooks(Node node) {
    if (node instanceof SequenceNode list) {
      return list.items().stream().flatMap(i -> hooks(i).stream()).findFirst();
    } else if (node instanceof MappingNode mapping) {
      return mapping.entries().stream()
          .flatMap(
              e ->
                  (e.key().text().equals("hooks")
                          ? Optional.of(e.key().position())
                          : hooks(e.value()))
                      .stream())
          .findFirst();
    }
    return Optional.empty();
  }

  private static DiagnosticException refused(Position position, String why) {
    return Diagnostic.error(position, "the session is read-only, and " + why)
        .withHint("ask a module that only looks, such as 'service' or 'stat'")
        .asException();
  }

  /**
   * Asks whether to go on.
   *
   * @throws DiagnosticException where the answer is no, and where nobody can be asked
   */
  private void allowed(String question) {
    Optional<String> answer = console.ask(question);
    if (!Guard.yes(answer.orElseThrow(Guard::nobody))) {
      throw Diagnostic.error("not run: nothing was changed").asException();
    }
  }

  private int shown(Runs.Ran ran) {
    List<String> lines = new ArrayList<>();
    ran.blocks().forEach(lines::addAll);
    console.show(lines);
    return ran.outcome().exitStatus();
  }

  private int playbook(ScalarNode node) {
    List<String> words = Words.of(node);
    if (words.isEmpty()) {
      throw Diagnostic.error(node.position(), "run needs a playbook")
          .withHint("run upgrade.yml --check; the options are those of molt run")
          .asException();
    }
    Playbooks playbooks = start.playbooks();
    boolean looks = mood.looksOnly() || playbooks.looksOnly(words);
    boolean asks = runs.asksAnywhere();
    if (asks && !looks) {
      int status = playbooks.run(words, true, true, mood.hosts(), runs.session());
      if (status != 0) {
        return status;
      }
      allowed("run it for real? [y/N] ");
    }
    boolean nothing = mood.readOnly() || (asks && looks);
    return playbooks.run(words, mood.looksOnly(), nothing, mood.hosts(), runs.session());
  }

  @Override
  public void close() {
    runs.close();
  }
}
