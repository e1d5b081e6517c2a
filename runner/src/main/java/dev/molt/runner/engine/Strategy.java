package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How the hosts of a batch go through a play: together, or each on its own. */
enum Strategy {
  /** Each task on all hosts before the next. */
  LINEAR,
  /** Each host as fast as it can; as many tasks at once as there are forks. */
  FREE,
  /** As free, and no more hosts at once than there are forks, each to its end. */
  HOST_PINNED;

  static final String KEYWORD = "strategy";

  /** A part of a play, done for these hosts. */
  @FunctionalInterface
  interface Part {
    void run(List<HostRun> hosts) throws InterruptedException;
  }

  /** The strategy of a play, or what the command line says for those that name none. */
  static Strategy of(PlayContext play) {
    Optional<Node> node = play.play().keywords().get(KEYWORD);
    String name =
        node.map(n -> Python.str(play.run().templar().resolve(n, play.withoutHost(play.frame()))))
            .orElse(play.run().options().strategy());
    String plain = name.substring(name.lastIndexOf('.') + 1);
    return switch (plain) {
      case "linear", "debug" -> LINEAR;
      case "free" -> FREE;
      case "host_pinned" -> HOST_PINNED;
      default -> {
        Diagnostic error =
            node.map(n -> Diagnostic.error(n.position(), "there is no strategy '" + name + "'"))
                .orElse(Diagnostic.error("there is no strategy '" + name + "'"));
        throw error.withHint("it is linear, free or host_pinned").asException();
      }
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Does the part for all hosts.
   *
   * @param forks how many hosts are worked on at once
   */
  void run(List<HostRun> hosts, int forks, Part part) throws InterruptedException {
    if (this == LINEAR) {
      part.run(hosts);
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            this == FREE ? hosts.size() : Math.min(hosts.size(), forks),
            r -> {
              Thread thread = new Thread(r, "play");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (HostRun host : hosts) {
        ends.add(
            threads.submit(
                () -> {
                  part.run(List.of(host));
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        await(end);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(Future<?> end) throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("a host was interrupted");
      } else if (e.getCause() instanceof RuntimeException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
