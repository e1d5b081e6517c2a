package dev.molt.runner.engine;

import dev.molt.dsl.hook.Printed;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.playbook.Playbook;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.engine.PlaybookRunner.Outcome;
import dev.molt.runner.remote.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A run without a plan: one play after another is thought up and run, on hosts that stay connected
 * and whose facts and registered results live on. Plays go the way that those of playbooks go. Used
 * by one thread, but for {@link #connect} and {@link #revive}, which may have threads of their own.
 */
public final class Session implements AutoCloseable {
  private final Connections connections;
  private volatile RunContext run;

  /**
   * A session in which nothing is connected yet.
   *
   * @param regained is told the host whose connection was lost and is back, on any thread
   */
  public Session(
      RunTools tools,
      Supplier<Transport> ssh,
      Supplier<Transport> local,
      RunOptions options,
      Consumer<String> regained) {
    this.connections = new Connections(ssh, local, regained);
    this.run = context(tools, RunHooks.none(options.settings()), options);
  }

  private RunContext context(RunTools tools, RunHooks hooks, RunOptions options) {
    return RunContext.of(tools, hooks, connections, workers(options), options);
  }

  private static ExecutorService workers(RunOptions options) {
    return Executors.newFixedThreadPool(options.forks(), WorkerThread::new);
  }

  public Inventory inventory() {
    return run.inventory();
  }

  /**
   * Checks a play that has nothing of a playbook around it, and runs it on all of its hosts,
   * whatever became of them before. What happens is told by the session's events, all of which have
   * been delivered in the end. An interrupt ends what is under way, and not the session.
   *
   * @throws DiagnosticException for what is wrong with it; nothing has been changed then
   */
  public Outcome run(Playbook playbook, RunOptions options) {
    new PlaybookCheck(run.registry(), run.binder(), run.templar()).check(playbook);
    RunHooks hooks = RunHooks.of(playbook, options.settings());
    boolean hooked = hooks.any();
    run = run.with(options, crew(options), hooks);
    PlaySelection selection = new PlaySelection(run);
    selection.checkAll(playbook);
    try {
      if (hooked) {
        hooks.await(Said.in(run));
      }
      Printed.whileDoing(Said.in(run), () -> plays(playbook, selection));
      run.events().flush();
    } catch (InterruptedException e) {
      run.events().flush();
      return Outcome.INTERRUPTED;
    }
    return outcome(selection.inPlays());
  }

  private void plays(Playbook playbook, PlaySelection selection) throws InterruptedException {
    for (Play play : playbook.plays()) {
      selection.hosts(play).forEach(h -> run.host(h).startAnew());
      new PlayRun(run, selection).play(play);
    }
  }

  /** An interrupt takes the workers with it. */
  private ExecutorService crew(RunOptions options) {
    return run.workers().isShutdown() ? workers(options) : run.workers();
  }

  private Outcome outcome(Set<String> hosts) {
    List<HostRun.State> states = hosts.stream().map(h -> run.host(h).state()).toList();
    if (states.contains(HostRun.State.UNREACHABLE)) {
      return Outcome.HOSTS_UNREACHABLE;
    }
    return states.contains(HostRun.State.FAILED) ? Outcome.HOSTS_FAILED : Outcome.OK;
  }

  /**
   * Runs a whole playbook on the session's connections. It knows nothing of what the session has
   * found out and set, nor the session of what the playbook does.
   *
   * @param hooks the playbook's
   * @throws DiagnosticException for what is wrong with it
   */
  public Outcome playbook(Playbook playbook, RunHooks hooks, RunTools tools, RunOptions options) {
    RunContext apart = context(tools, hooks, options);
    try {
      return PlaybookRunner.run(apart, playbook);
    } finally {
      apart.workers().shutdownNow();
    }
  }

  /**
   * The hosts that a play is for.
   *
   * @throws DiagnosticException for a pattern with a mistake
   */
  public List<String> hosts(Play play) {
    return new PlaySelection(run).hosts(play);
  }

  /** What a variable is worth to a host in a play; undefined where it has none of that name. */
  public Value variable(Play play, String host, String name) {
    return variables(play, host).lookup(name);
  }

  /**
   * Where a host is in a play: its address and port; empty where it is this machine.
   *
   * @throws DiagnosticException for variables with a mistake
   */
  public Optional<String> address(Play play, String host) {
    HostRun there = run.host(host);
    return Targets.address(context(play, List.of(there)), there);
  }

  /**
   * What sets back, when it is run, all that lines will have made of the inventory and set of
   * variables until then.
   */
  public Runnable remembered() {
    Inventory inventory = run.inventory();
    Map<String, Runnable> hosts = run.remembered();
    return () -> {
      run.changeInventory(now -> inventory);
      run.restore(hosts);
    };
  }

  /** Where the variables of a host come from in a play, what the session has set among them. */
  public Map<String, List<VariableOrigins.Definition>> definitions(Play play, String host) {
    return VariableOrigins.of(run, new Playbook(play.file(), List.of(play)), host);
  }

  /** The names of all variables that a host has in a play. */
  public Set<String> names(Play play, String host) {
    return new TreeSet<>(variables(play, host).names());
  }

  private Variables variables(Play play, String host) {
    PlayContext context = context(play, List.of(run.host(host)));
    return context.variables(run.host(host), context.frame());
  }

  private PlayContext context(Play play, List<HostRun> hosts) {
    return PlayContext.of(run, play, "", hosts);
  }

  /**
   * Connects to the hosts of a play, as many at once as there are forks, and waits for all. Hosts
   * that cannot be reached say so when they are asked for something.
   */
  public void connect(Play play) throws InterruptedException {
    List<HostRun> hosts = hosts(play).stream().map(run::host).toList();
    PlayContext context = context(play, hosts);
    ExecutorService crew = workers(run.options());
    try {
      List<java.util.concurrent.Callable<Void>> all = new ArrayList<>();
      for (HostRun host : hosts) {
        all.add(
            () -> {
              Targets.reach(context, host);
              return null;
            });
      }
      crew.invokeAll(all);
    } finally {
      crew.shutdownNow();
    }
  }

  /** Opens connections anew that were lost; gives the hosts where that cannot be done now. */
  public List<String> revive() {
    return connections.revive();
  }

  /** What hosts can say of themselves, without the prefix that variables have. */
  public static Set<String> factNames() {
    return LazyFacts.names();
  }

  /** Ends everything that is under way, and all connections. */
  @Override
  public void close() {
    run.workers().shutdownNow();
    connections.close();
  }
}
