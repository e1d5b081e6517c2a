package dev.molt.runner.repl;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.cli.HostNames;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.script.GroovyModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A session of lines: carries each out and prints what came of it. Used by one thread, but for
 * {@link #interrupt}.
 */
public final class Repl implements AutoCloseable {
  /** A line that is wrong, or that nobody allowed. */
  static final int WRONG = 1;

  private static final Pattern ELSEWHERE =
      Pattern.compile("delegate_to|local_action|include_|import_|hooks");

  private static final Pattern HOOKS = Pattern.compile("\\bhooks\\b");

  private final Start start;
  private final Console console;
  private final Runs runs;
  private final Orders orders;
  private Mood mood;
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
    if (!asks(line, typed)) {
      return shown(runs.run(line, typed, mood));
    } else if (mood.looksOnly()) {
      return shown(runs.run(line, typed, mood.planning()));
    } else if (line instanceof Line.Groovy) {
      // What it would do, only doing it tells.
      allowed("run it for real? [y/N] ");
      return shown(runs.run(line, typed, mood));
    }
    Runs.Ran planned = runs.run(line, typed, mood.planning());
    int status = shown(planned);
    if (status != 0 || !planned.wouldChange()) {
      return status;
    }
    try {
      allowed(
          "make this change on "
              + HostNames.of(planned.line().last().stream().map(r -> r.host()).toList())
              + "? [y/N] ");
    } catch (DiagnosticException e) {
      runs.forgetLast();
      throw e;
    }
    return shown(runs.again(line, typed, mood));
  }

  /** Whether somebody is to be asked. What reaches other hosts than its own may change any. */
  boolean asks(Line line, String typed) {
    if (line instanceof Line.Expression) {
      return false;
    }
    boolean elsewhere =
        line instanceof Line.Groovy || ELSEWHERE.matcher(typed).find() || namesGroovy(typed);
    return runs.asks(elsewhere ? mood.onHosts("all") : mood);
  }

  /** A module that is a script can run commands on any host. */
  private boolean namesGroovy(String typed) {
    return Stream.of(typed.split("[^\\w.]+"))
        .map(Registry::plainName)
        .filter(start.registry().names()::contains)
        .anyMatch(name -> start.registry().find(name).orElse(null) instanceof GroovyModule);
  }

  /** What a shell or a script would do cannot be foretold, so that it would not be run anyway. */
  void refuseWhereReadOnly(Line line) {
    if (!mood.readOnly()) {
      return;
    } else if (line instanceof Line.Shell shell) {
      throw refused(shell.command().position(), "a command could do anything");
    } else if (line instanceof Line.Groovy groovy) {
      throw refused(groovy.code().position(), "Groovy could do anything");
    } else if (line instanceof Line.Tasks tasks && HOOKS.matcher(tasks.source().text()).find()) {
      throw refused(tasks.source().at(0, 1), "hooks could do anything");
    }
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
    if (answer.isEmpty()) {
      throw Diagnostic.error("the inventory says molt_confirm, and there is nobody to ask")
          .withHint("look at what would be changed, then give --yes; nothing was changed")
          .asException();
    }
    if (!List.of("y", "yes").contains(answer.get().strip().toLowerCase(java.util.Locale.ROOT))) {
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
    Playbooks playbooks = start.playbooks();
    boolean looks = mood.looksOnly() || playbooks.looksOnly(words);
    boolean asks = runs.asks(mood.onHosts("all"));
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
