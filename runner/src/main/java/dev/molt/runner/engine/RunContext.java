package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.vars.Templar;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.Registry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** What all parts of the engine share in one run. */
record RunContext(
    Inventory inventory,
    Registry registry,
    PlaybookLoader loader,
    Templar templar,
    Secrets secrets,
    EventBus events,
    Connections connections,
    ExecutorService workers,
    RunOptions options,
    Map<String, HostRun> hosts,
    OptionBinder binder,
    AtomicInteger taskIds) {

  RunContext {
    hosts = new LinkedHashMap<>(hosts);
  }

  /** The state of a host, made on first use: hosts of {@code delegate_to} need none before. */
  HostRun host(String name) {
    synchronized (hosts) {
      return hosts.computeIfAbsent(name, HostRun::new);
    }
  }
}
