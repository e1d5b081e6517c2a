package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.vars.Templar;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** What all parts of the engine share in one run. Thread-safe. */
record RunContext(
    RunTools tools,
    RunHooks hooks,
    Connections connections,
    ExecutorService workers,
    RunOptions options,
    Map<String, HostRun> hosts,
    OptionBinder binder,
    AtomicInteger taskIds,
    CustomStats stats,
    StartAt startAt,
    FactCache cache,
    AtomicBoolean passed) {

  RunContext {
    hosts = new LinkedHashMap<>(hosts);
  }

  /** A run that begins: nothing is known of any host but what was kept. */
  static RunContext of(
      RunTools tools,
      RunHooks hooks,
      Connections connections,
      ExecutorService workers,
      RunOptions options) {
    return new RunContext(
        tools,
        hooks,
        connections,
        workers,
        options,
        Map.of(),
        new OptionBinder(tools.templar(), tools.secrets()),
        new AtomicInteger(),
        new CustomStats(),
        new StartAt(options.startAtTask()),
        FactCache.of(options.settings(), tools.events()::warn),
        new AtomicBoolean());
  }

  /** The same hosts, and what is known of them, for what is to be run otherwise. */
  RunContext with(RunOptions other, ExecutorService crew, RunHooks others) {
    synchronized (hosts) {
      return new RunContext(
          tools,
          others,
          connections,
          crew,
          other,
          hosts,
          binder,
          taskIds,
          stats,
          startAt,
          cache,
          passed);
    }
  }

  PlaybookLoader loader() {
    return tools.loader();
  }

  Registry registry() {
    return tools.registry();
  }

  Templar templar() {
    return tools.templar();
  }

  Secrets secrets() {
    return tools.secrets();
  }

  EventBus events() {
    return tools.events();
  }

  Prompter prompter() {
    return tools.prompter();
  }

  /** The inventory as it is now: tasks may add hosts and groups. */
  Inventory inventory() {
    return tools.inventory().get();
  }

  /** Changes the inventory for all that comes. */
  void changeInventory(UnaryOperator<Inventory> change) {
    tools.inventory().updateAndGet(change);
  }

  /** The state of a host, made on first use: hosts of {@code delegate_to} need none before. */
  HostRun host(String name) {
    synchronized (hosts) {
      return hosts.computeIfAbsent(
          name,
          n -> {
            HostRun host = new HostRun(n);
            host.gathered().inject(options.injectFacts());
            host.gathered().restore(cache.load(n));
            return host;
          });
    }
  }

  /** By host, what sets back what will have been set of its variables. */
  Map<String, Runnable> remembered() {
    synchronized (hosts) {
      Map<String, Runnable> all = new LinkedHashMap<>();
      hosts.forEach((name, host) -> all.put(name, host.remembered()));
      return all;
    }
  }

  /** Sets all hosts back to what was remembered; of those that came later nothing was set. */
  void restore(Map<String, Runnable> remembered) {
    synchronized (hosts) {
      hosts.forEach((name, host) -> remembered.getOrDefault(name, host::unset).run());
    }
  }

  void warn(Diagnostic warning) {
    events().warn(warning);
  }

  /** What {@code set_stats} has gathered, by host; for the run as a whole under {@code _run}. */
  static final class CustomStats {
    static final String RUN = "_run";

    private final Map<String, MapValue> byHost = new ConcurrentHashMap<>();

    MapValue of(String host) {
      return byHost.computeIfAbsent(host, h -> MapValue.empty());
    }

    Map<String, MapValue> all() {
      return byHost;
    }
  }
}
