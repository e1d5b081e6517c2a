package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookEnds;
import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.HookUse;
import dev.molt.dsl.hook.Hooks;
import dev.molt.dsl.hook.Moment;
import dev.molt.dsl.hook.Printed;
import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Keywords;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The hooks of a run: found in the playbook as soon as it is read, loaded beside what else there is
 * to do before it runs, called in time. Thread-safe. A playbook without hooks loads nothing of
 * Groovy.
 */
public final class RunHooks {
  static final String KEYWORD = "hooks";

  /** How long a hook that was told to end may take to do so. */
  private static final Duration LAST_CHANCE = Duration.ofSeconds(2);

  /** Compiling takes a second or two, and much more on a busy machine. */
  private static final Duration COMPILING = Duration.ofSeconds(60);

  private final Duration longest;
  private final Diagnostics problems = new Diagnostics();

  /** What scripts printed while they were loaded, until somebody can be told. */
  private final Queue<String> printed = new ConcurrentLinkedQueue<>();

  /** Those of the playbook in the order in which they are loaded; not changed after that. */
  private final List<Loading> found = new ArrayList<>();

  /** These, and those of what was included. */
  private final Map<Node, Loading> loading = Collections.synchronizedMap(new IdentityHashMap<>());

  /** A script that is ready to be called. */
  private record Loaded(HookUse use, Hooks hooks) {}

  /** What one keyword names, while it is being loaded, and then. */
  private final class Loading extends FutureTask<List<Loaded>> {
    private final Node node;
    private final List<HookUse> uses;
    private final CountDownLatch compiled;

    Loading(Node node, List<HookUse> uses) {
      this(node, uses, new CountDownLatch(1));
    }

    private Loading(Node node, List<HookUse> uses, CountDownLatch compiled) {
      super(() -> Printed.during(printed::add, () -> load(uses, compiled)));
      this.node = node;
      this.uses = uses;
      this.compiled = compiled;
    }
  }

  private static List<Loaded> load(List<HookUse> uses, CountDownLatch compiled) {
    List<Supplier<Loaded>> all = new ArrayList<>();
    try {
      for (HookUse use : uses) {
        Supplier<Hooks> hooks = Hooks.compile(use.source(), use.atPlay());
        all.add(() -> new Loaded(use, hooks.get()));
      }
    } finally {
      compiled.countDown();
    }
    return all.stream().map(Supplier::get).toList();
  }

  private RunHooks(Settings settings) {
    this.longest = Duration.ofSeconds(settings.get(RunSettings.HOOK_TIMEOUT));
  }

  /** For what is in no playbook, and for one that is not run. */
  public static RunHooks none(Settings settings) {
    return new RunHooks(settings);
  }

  /**
   * Finds all hooks that a playbook names, and begins to load them, on a thread of its own. What is
   * wrong with them is said when it runs.
   *
   * @param settings how long a hook may take
   */
  public static RunHooks of(Playbook playbook, Settings settings) {
    RunHooks hooks = new RunHooks(settings);
    for (Play play : playbook.plays()) {
      Finder finder = hooks.new Finder(SearchFolders.directory(play.file()));
      finder.keywords(play.keywords(), List.of(), true);
      finder.statements(play.preTasks(), List.of());
      finder.statements(play.roles(), List.of());
      finder.statements(play.tasks(), List.of());
      finder.statements(play.postTasks(), List.of());
      finder.statements(play.handlers(), List.of());
    }
    if (!hooks.found.isEmpty()) {
      start(() -> hooks.found.forEach(FutureTask::run));
    }
    return hooks;
  }

  /**
   * Says whether there are any.
   *
   * @throws DiagnosticException for files that are not there, or that others can write
   */
  boolean any() {
    problems.throwIfErrors();
    return !loading.isEmpty();
  }

  /**
   * What a keyword of the playbook names.
   *
   * @return nothing for that of something else, such as what is included, and where it is wrong
   */
  Optional<List<HookUse>> uses(Node node) {
    return Optional.ofNullable(problems.hasErrors() ? null : loading.get(node)).map(l -> l.uses);
  }

  /** Whether they may add hosts, by their text. */
  boolean addHosts() {
    return found.stream()
        .flatMap(l -> l.uses.stream())
        .anyMatch(u -> u.source().text().contains("addHost"));
  }

  /** Walks a play. */
  private final class Finder {
    private final Path playbook;

    Finder(Path playbook) {
      this.playbook = playbook;
    }

    void statements(List<? extends Statement> statements, List<Path> roles) {
      for (Statement statement : statements) {
        if (statement instanceof RoleBlock role) {
          keywords(role.keywords(), roles, false);
          List<Path> inside = new ArrayList<>(List.of(role.role().directory()));
          inside.addAll(roles);
          statements(role.dependencies(), inside);
          statements(role.tasks(), inside);
          statements(role.handlers(), inside);
          continue;
        }
        keywords(statement.keywords(), roles, false);
        if (statement instanceof Block block) {
          statements(block.body(), roles);
          statements(block.rescue(), roles);
          statements(block.always(), roles);
        }
      }
    }

    void keywords(Keywords keywords, List<Path> roles, boolean atPlay) {
      keywords
          .get(KEYWORD)
          .filter(node -> !loading.containsKey(node))
          .ifPresent(
              node -> {
                List<Path> folders = new ArrayList<>(roles);
                folders.add(playbook);
                List<HookUse> uses = HookUse.of(node, folders, atPlay, problems);
                Loading task = new Loading(node, uses);
                loading.put(node, task);
                found.add(task);
              });
    }
  }

  /** On a thread that keeps nothing alive: what stands in a script may not end. */
  private static void start(Runnable work) {
    Thread thread = new Thread(work, "hooks");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits until all that was found is loaded.
   *
   * @param told takes what scripts printed meanwhile
   * @throws DiagnosticException with every mistake in every script
   */
  void await(Consumer<String> told) throws InterruptedException {
    Diagnostics mistakes = new Diagnostics();
    for (Loading each : found) {
      try {
        loaded(each);
      } catch (DiagnosticException e) {
        mistakes.addAll(e);
        if (!each.isDone()) {
          // The others wait for it.
          break;
        }
      }
    }
    tell(told);
    mistakes.throwIfErrors();
  }

  private void tell(Consumer<String> told) {
    for (String line = printed.poll(); line != null; line = printed.poll()) {
      told.accept(line);
    }
  }

  private List<Loaded> loaded(Loading task) throws InterruptedException {
    try {
      if (!task.compiled.await(COMPILING.toNanos(), TimeUnit.NANOSECONDS)) {
        throw late(task.node, "compiling these hooks", COMPILING, "the machine may be too busy");
      }
      return task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(
          task.node, "loading these hooks", longest, "what takes its time belongs into closures");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DiagnosticException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static DiagnosticException late(Node node, String what, Duration limit, String hint) {
    return Diagnostic.error(node.position(), what + " took longer than " + limit.toSeconds() + " s")
        .withHint(hint)
        .asException();
  }

  /** The scripts that hold at a statement, those of the play first. */
  private List<Loaded> at(PlayContext play, Frame frame) throws InterruptedException {
    List<Loaded> all = new ArrayList<>();
    List<Node> nodes = frame.all(KEYWORD);
    for (Node node : nodes) {
      Loading task = loading.get(node);
      if (task == null) {
        task = included(play, frame, node);
      }
      all.addAll(loaded(task));
    }
    return all;
  }

  /** In what was included during the run. */
  private Loading included(PlayContext play, Frame frame, Node node) {
    Diagnostics mistakes = new Diagnostics();
    List<Path> folders = new ArrayList<>();
    frame.roles().stream().map(Role::directory).forEach(folders::add);
    folders.add(play.directory());
    List<HookUse> uses = HookUse.of(node, folders, false, mistakes);
    mistakes.throwIfErrors();
    Loading task = new Loading(node, uses);
    Loading first = loading.putIfAbsent(node, task);
    task = first == null ? task : first;
    start(task);
    return task;
  }

  /** Whether hooks hold at a statement. */
  static boolean any(Frame frame) {
    return frame.find(KEYWORD).isPresent();
  }

  /**
   * Calls the hooks of a moment, those of the play first, or last after something. See {@link
   * HookEnds} for what becomes of the others where one fails.
   *
   * @param argument what a closure may take
   * @throws HookException where one fails or skips
   * @throws DiagnosticException where one has a mistake, or takes too long, or several fail
   */
  void call(Moment moment, PlayContext play, Frame frame, HookCall context, Object argument)
      throws InterruptedException {
    call(moment, play, frame, context, argument, Optional.empty());
  }

  /**
   * The same before or after something.
   *
   * @param entered takes what is called before it, and says what is to be called after it
   */
  void call(
      Moment moment,
      PlayContext play,
      Frame frame,
      HookCall context,
      Object argument,
      Entered entered)
      throws InterruptedException {
    call(moment, play, frame, context, argument, Optional.of(entered));
  }

  private void call(
      Moment moment,
      PlayContext play,
      Frame frame,
      HookCall context,
      Object argument,
      Optional<Entered> entered)
      throws InterruptedException {
    if (!any(frame)) {
      return;
    }
    List<Loaded> order = new ArrayList<>(at(play, frame));
    if (moment.after()) {
      Collections.reverse(order);
    }
    tell(context::say);
    HookEnds ends = new HookEnds(moment);
    for (Loaded loaded : order) {
      Node item = loaded.use().item();
      if (moment.after() && entered.isPresent() && !entered.get().has(item)) {
        continue;
      }
      ends.of(() -> call(loaded, moment, context, argument, entered));
    }
    ends.settle();
  }

  private void call(
      Loaded loaded, Moment moment, HookCall context, Object argument, Optional<Entered> entered)
      throws InterruptedException {
    if (!moment.after()) {
      entered.ifPresent(e -> e.leave(loaded.use().item()));
    }
    if (loaded.hooks().has(moment)) {
      bounded(loaded, context, () -> loaded.hooks().call(moment, context, argument));
    }
    if (!moment.after()) {
      entered.ifPresent(e -> e.enter(loaded.use().item()));
    }
  }

  private void bounded(Loaded loaded, HookCall context, Runnable work) throws InterruptedException {
    FutureTask<Void> task = new FutureTask<>(work, null);
    Thread thread = new WorkerThread(loaded.hooks().threads(context::warn), task);
    thread.start();
    try {
      await(task, context);
    } catch (TimeoutException e) {
      Position at = loaded.hooks().at(thread.getStackTrace());
      thread.interrupt();
      thread.join(LAST_CHANCE.toMillis());
      throw Diagnostic.error(
              at,
              "a hook took longer than "
                  + longest.toSeconds()
                  + " s"
                  + (thread.isAlive()
                      ? ", and does not end: it was left behind"
                      : ", and was ended"))
          .withHint("hook_timeout under [molt] in ansible.cfg gives hooks more time")
          .asException();
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Somebody who is asked may take their time: it does not count. */
  private void await(FutureTask<Void> task, HookCall context)
      throws InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    while (true) {
      long left = longest.toNanos() + context.askedNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        throw new TimeoutException();
      }
      try {
        task.get(left, TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        // Unless somebody was asked meanwhile, nothing is left.
      }
    }
  }

  /** A veto as a mistake of the run: the reason, and who said so. */
  static DiagnosticException veto(HookException e) {
    return e.diagnostic().asException();
  }

  static Optional<String> reason(HookException e) {
    return Optional.ofNullable(e.getMessage()).filter(m -> !m.isEmpty());
  }
}
