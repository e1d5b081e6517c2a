package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.runner.engine.HostRun.Failure;
import dev.molt.runner.engine.HostRun.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a batch of hosts through the statements of a play, each task on all hosts before the next.
 * Runs on the engine's one thread; hosts work in parallel within a task.
 *
 * <p>A host that fails leaves the list of statements it is in. Where that is the body of a block
 * with a rescue, it goes there; {@code any_errors_fatal} makes all hosts of the batch fail
 * together, and so go to the rescue together.
 */
final class PlayRunner {
  private final PlayContext play;
  private final TaskRunner tasks;
  private final Handlers handlers;
  private boolean playEnded;
  private boolean fatal;

  /** What comes after a batch. */
  enum End {
    GO_ON,
    /** By {@code meta: end_play}: no more batches, but the plays after this one. */
    PLAY_OVER,
    /** Every host of the batch failed, or one did and {@code any_errors_fatal} holds. */
    RUN_OVER
  }

  PlayRunner(PlayContext play) {
    this.play = play;
    this.handlers = new Handlers(play);
    this.tasks = new TaskRunner(play, this, handlers);
  }

  /** Runs everything in the play on the batch. */
  End run() throws InterruptedException {
    Frame frame = play.frame();
    List<HostRun> hosts = play.batch();
    for (List<Statement> section :
        List.of(play.play().preTasks(), play.play().tasks(), play.play().postTasks())) {
      hosts = statements(section, frame, hosts);
      hosts = handlers.flushAtEnd(hosts, tasks);
    }
    boolean allOut = play.batch().stream().allMatch(PlayRunner::out);
    if (allOut || (fatal && play.batch().stream().noneMatch(HostRun::active))) {
      return End.RUN_OVER;
    }
    return playEnded ? End.PLAY_OVER : End.GO_ON;
  }

  private static boolean out(HostRun host) {
    return host.state() == State.FAILED || host.state() == State.UNREACHABLE;
  }

  /** Notes that no batch is to come after this one. */
  void endPlay() {
    playEnded = true;
  }

  /** Takes all hosts that are still in out of the play, because one of them failed. */
  void stopAll(List<HostRun> hosts, Failure failure) {
    fatal = true;
    hosts.stream().filter(HostRun::active).forEach(h -> h.stop(failure));
  }

  /** Gives the hosts that came through, in their order. */
  List<HostRun> statements(List<Statement> list, Frame frame, List<HostRun> hosts)
      throws InterruptedException {
    List<HostRun> active = hosts.stream().filter(HostRun::active).toList();
    for (Statement statement : list) {
      if (active.isEmpty()) {
        break;
      }
      Frame inner = frame.within(statement.keywords());
      if (statement instanceof Block block) {
        active = block(block, inner, active);
      } else {
        active = tasks.run((Task) statement, inner, active);
      }
      active = active.stream().filter(HostRun::active).toList();
    }
    return active;
  }

  private List<HostRun> block(Block block, Frame frame, List<HostRun> hosts)
      throws InterruptedException {
    List<HostRun> through = new ArrayList<>(statements(block.body(), frame, hosts));
    List<HostRun> failed = hosts.stream().filter(h -> h.state() == State.FAILED).toList();
    if (!failed.isEmpty() && !block.rescue().isEmpty()) {
      fatal = false;
      failed.forEach(HostRun::countRescued);
      failed.forEach(HostRun::recover);
      through.addAll(statements(block.rescue(), frame, failed));
    }
    if (!block.always().isEmpty()) {
      through = new ArrayList<>(always(block, frame, hosts, through));
    }
    List<HostRun> came = through;
    return hosts.stream().filter(came::contains).filter(HostRun::active).toList();
  }

  /** Failed hosts take part too, and stay failed. */
  private List<HostRun> always(Block block, Frame frame, List<HostRun> hosts, List<HostRun> through)
      throws InterruptedException {
    List<HostRun> reachable =
        hosts.stream().filter(h -> h.active() || h.state() == State.FAILED).toList();
    List<HostRun> failedBefore = reachable.stream().filter(h -> h.state() == State.FAILED).toList();
    failedBefore.forEach(HostRun::recover);
    List<HostRun> done = statements(block.always(), frame, reachable);
    for (HostRun host : failedBefore) {
      if (host.active()) {
        host.fail(State.FAILED, host.failure().orElseThrow());
      }
    }
    return through.stream().filter(done::contains).toList();
  }
}
