package dev.molt.runner.repl;

import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.settings.OutputSettings;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.runner.cli.HostNames;
import dev.molt.runner.engine.PlaybookRunner.Outcome;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.engine.RunTools;
import dev.molt.runner.engine.Session;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs lines on hosts, and remembers what came of them. Used by one thread. */
final class Runs implements AutoCloseable {
  /** Begins the names of variables that hold results. */
  static final String PREFIX = "molt_result_";

  private final Start start;
  private final Console console;
  private final Outcomes outcomes;
  private final EventBus events;
  private final Session session;
  private final LineTasks tasks;
  private final Guard guard;
  private final List<Finished> finished = new ArrayList<>();
  private final List<Thread> helpers = new ArrayList<>();

  /** What came of a line, and how it is shown: one block for each group of hosts. */
  record Ran(Finished line, Outcome outcome, List<List<String>> blocks) {
    /** Whether a real run would do something, or may. */
    boolean wouldChange() {
      return line.results().values().stream()
          .flatMap(List::stream)
          .anyMatch(r -> r.status() == Status.CHANGED || r.status() == Status.UNKNOWN);
    }

    /**
     * Whether running it for real is sure to come to the same: nothing was left out, and nothing
     * that differs is called unchanged.
     */
    boolean settled() {
      return line.results().values().stream()
          .flatMap(List::stream)
          .allMatch(
              r ->
                  r.status() == Status.OK
                      && r.diffs().isEmpty()
                      && r.effects().isEmpty()
                      && !r.result().has("skipped"));
    }

    /** Those that the line was for, and those that tasks were delegated to. */
    Set<String> hosts() {
      Set<String> all = new LinkedHashSet<>();
      line.last().forEach(r -> all.add(r.host()));
      line.results().values().stream()
          .flatMap(List::stream)
          .forEach(r -> r.delegate().ifPresent(all::add));
      return all;
    }
  }

  Runs(Start start, Console console) {
    this.start = start;
    this.console = console;
    this.outcomes = new Outcomes(console);
    this.events = new EventBus(List.of(outcomes), start.secrets());
    this.tasks = new LineTasks(start.loader(), start.registry(), start.folder());
    this.session =
        new Session(
            new RunTools(
                start.inventory(),
                start.loader(),
                start.registry(),
                start.templar(),
                start.secrets(),
                events,
                start.prompter()),
            start.ssh(),
            start.local(),
            unlimited(),
            host -> console.aside(host + ": the connection was lost, and is back"));
    this.guard = new Guard(session, tasks.nothing(Mood.EVERYWHERE).plays().get(0));
  }

  /** A line for some hosts is no reason to ask them for all facts. */
  private RunOptions unlimited() {
    return start.options().with(RunSettings.GATHERING, "lazy").limitedTo(Optional.empty());
  }

  private RunOptions options(Mood mood, Guard.Asking asking) {
    RunOptions options = unlimited().with(OutputSettings.DIFF_ALWAYS, mood.diff());
    if (!start.yes()) {
      guard.asLoaded();
      options = options.asking(asking);
    }
    return mood.readOnly() ? options.withoutChanges() : options.checking(mood.check());
  }

  Session session() {
    return session;
  }

  List<Finished> finished() {
    return finished;
  }

  /** The line that {@code $N} is of. */
  Optional<Finished> finished(int number) {
    return finished.stream().filter(f -> f.number() == number).findFirst();
  }

  /** A play for the hosts of the session, and for nothing else. */
  Play play(Mood mood) {
    return tasks.nothing(mood).plays().get(0);
  }

  List<String> hosts(Mood mood) {
    return session.hosts(play(mood));
  }

  /** Whether one of these hosts wants somebody to be asked before it is changed. */
  boolean asks(Mood mood) {
    return !start.yes() && session.hosts(play(mood)).stream().anyMatch(guard::asks);
  }

  /** Whether any host wants it. */
  boolean asksAnywhere() {
    return !start.yes() && guard.asksAnywhere();
  }

  /** For a line that may change these hosts; whoever wants it is asked about all others. */
  Guard.Asking allowing(Set<String> hosts) {
    return guard.new Asking(hosts, this::ask);
  }

  /** For a line that is run while nobody can be asked. */
  Guard.Asking allowingNoOther() {
    return guard.new Asking(Set.of(), question -> Optional.empty());
  }

  private Optional<String> ask(String question) {
    outcomes.quiet(true);
    try {
      return console.ask(question);
    } finally {
      outcomes.quiet(false);
    }
  }

  /**
   * Runs a line; what came of it is the result of the next number.
   *
   * @throws dev.molt.dsl.source.DiagnosticException for a line with mistakes: nothing was run
   */
  Ran run(Line line, String typed, Mood mood, Guard.Asking asking) {
    int number = finished.isEmpty() ? 1 : finished.get(finished.size() - 1).number() + 1;
    return run(line, typed, mood, asking, number);
  }

  /** The same in place of the line that was run last. */
  Ran again(Line line, String typed, Mood mood, Guard.Asking asking) {
    int number = finished.remove(finished.size() - 1).number();
    return run(line, typed, mood, asking, number);
  }

  private Ran run(Line line, String typed, Mood mood, Guard.Asking asking, int number) {
    LineTasks.Made made = tasks.of(line, mood, names(), PREFIX + number);
    outcomes.take();
    outcomes.said();
    Outcome outcome = session.run(made.playbook(), options(mood, asking));
    console.live("");
    Map<TaskInfo, List<HostResult>> results = outcomes.take();
    Finished done =
        new Finished(
            number,
            typed,
            mood,
            made.tasks(),
            made.variable(),
            made.expression(),
            outcome.exitStatus(),
            results);
    finished.add(done);
    List<List<String>> blocks = blocks(done, mood.diff());
    List<String> said = outcomes.said();
    if (!said.isEmpty()) {
      blocks.add(0, said.stream().map(console.style()::dim).toList());
    }
    if (outcome == Outcome.INTERRUPTED) {
      List<String> cut = outcomes.cutOff();
      blocks.add(
          List.of(
              console
                  .style()
                  .red(
                      cut.isEmpty()
                          ? "interrupted"
                          : "interrupted: it may be half done on " + HostNames.of(cut))));
    }
    return new Ran(done, outcome, blocks);
  }

  /** The last line was run in this mood, whatever was done first. */
  void lastWas(Mood mood) {
    finished.set(finished.size() - 1, finished.get(finished.size() - 1).in(mood));
  }

  /** It was only looked at, and not made. */
  void forgetLast() {
    finished.remove(finished.size() - 1);
  }

  ResultNames names() {
    int last = finished.isEmpty() ? 0 : finished.get(finished.size() - 1).number();
    return new ResultNames(n -> finished(n).map(Finished::named), last);
  }

  /** What came of a line, in lines: what belongs to no host first. */
  List<List<String>> blocks(Finished line, boolean texts) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> told = outcomes.told();
    if (!told.isEmpty()) {
      blocks.add(told.stream().map(console.style()::yellow).toList());
    }
    HostGroups groups = new HostGroups(console.style());
    Telling telling = new Telling(line.mood().looksOnly(), texts);
    boolean several = line.results().size() > 1;
    line.results()
        .forEach(
            (task, results) -> {
              if (several) {
                blocks.add(List.of(console.style().bold(task.title())));
              }
              blocks.addAll(
                  groups.blocks(results, line.expression() ? Telling::value : telling::of));
            });
    return blocks;
  }

  /** Connects to the hosts of the session while nobody waits for it. */
  void connect(Mood mood) {
    Play play = play(mood);
    background(
        "connect",
        () -> {
          try {
            session.connect(play);
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Looks after connections from now on, so that one that was lost is back before it is needed. */
  void keepAlive() {
    background(
        "keep-alive",
        () -> {
          try {
            while (!Thread.currentThread().isInterrupted()) {
              Thread.sleep(1000);
              for (String host : session.revive()) {
                console.aside(
                    host + ": the connection was lost; the next line that needs it connects anew");
              }
            }
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void background(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    helpers.add(thread);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    // Nothing is to be connected anew from here on.
    helpers.forEach(Thread::interrupt);
    session.close();
    events.close();
  }
}
