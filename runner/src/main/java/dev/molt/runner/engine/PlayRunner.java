package dev.molt.runner.engine;

import dev.molt.dsl.hook.Moment;
import dev.molt.dsl.playbook.Block;
import dev.molt.dsl.playbook.RoleBlock;
import dev.molt.dsl.playbook.Statement;
import dev.molt.dsl.playbook.Task;
import dev.molt.runner.engine.HostRun.Failure;
import dev.molt.runner.engine.HostRun.State;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes hosts of a batch through the statements of a play, each task on all of them before the
 * next. Strategies other than linear take each host through alone, in parallel: so several threads
 * may be in here, but only one with a given host.
 *
 * <p>A host that fails leaves the list of statements it is in. Where that is the body of a block
 * with a rescue, it goes there; {@code any_errors_fatal} makes all hosts of the batch fail
 * together, and so go to the rescue together.
 */
final class PlayRunner {
  private final PlayContext play;
  private final TaskRunner tasks;
  private final Handlers handlers;
  private volatile boolean playEnded;
  private volatile boolean fatal;

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
    handlers.collect();
    Strategy.of(play).run(play.batch(), play.run().options().forks(), this::sections);
    boolean allOut = play.batch().stream().allMatch(HostRun::out);
    if (Strategy.of(play) != Strategy.LINEAR
        && play.batch().stream().allMatch(h -> h.state() == State.UNREACHABLE)) {
      play.run().events().publish(new RunEvent.NoHostsRemaining(Instant.now()));
    }
    if (allOut || (fatal && play.batch().stream().noneMatch(HostRun::active))) {
      return End.RUN_OVER;
    }
    return playEnded ? End.PLAY_OVER : End.GO_ON;
  }

  private void sections(List<HostRun> batch) throws InterruptedException {
    Frame frame = play.frame();
    List<HostRun> hosts = batch;
    PlayHooks.each(Moment.BEFORE_HOST, play, hosts.stream().filter(HostRun::active).toList());
    stopWhereFatal(hosts);
    hosts = hosts.stream().filter(HostRun::active).toList();
    hosts = new FactGathering(play, tasks).atStart(frame, hosts);
    hosts = statements(play.play().preTasks(), frame, hosts);
    hosts = handlers.flushAtEnd(batch, hosts, tasks);
    List<Statement> main = new ArrayList<>(play.play().roles());
    main.addAll(play.play().tasks());
    hosts = statements(main, frame, hosts);
    hosts = handlers.flushAtEnd(batch, hosts, tasks);
    hosts = statements(play.play().postTasks(), frame, hosts);
    handlers.flushAtEnd(batch, hosts, tasks);
    List<HostRun> through = batch.stream().filter(HostRun::active).toList();
    PlayHooks.each(Moment.AFTER_HOST, play, batch);
    stopWhereFatal(through);
  }

  /** Where a host has failed outside of tasks, such as in its hooks. */
  private void stopWhereFatal(List<HostRun> hosts) {
    hosts.stream()
        .filter(HostRun::out)
        .flatMap(h -> h.failure().stream())
        .findFirst()
        .ifPresent(
            f -> tasks.stopWhereFatal(f.task(), new TaskKeywords(play.run(), play.frame()), hosts));
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
  List<HostRun> statements(List<? extends Statement> list, Frame frame, List<HostRun> hosts)
      throws InterruptedException {
    return statements(list, frame, hosts, false);
  }

  List<HostRun> statements(
      List<? extends Statement> list, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    List<HostRun> active = hosts.stream().filter(HostRun::active).toList();
    for (Statement statement : list) {
      if (active.isEmpty()) {
        break;
      }
      if (statement instanceof Block block) {
        active = block(block, frame.within(block.keywords()), active, handler);
      } else if (statement instanceof RoleBlock role) {
        active = role(role, frame.inRole(role.keywords(), role.role()), active);
      } else {
        active = tasks.run((Task) statement, frame.at((Task) statement), active, handler);
      }
      active = active.stream().filter(HostRun::active).toList();
    }
    return active;
  }

  /** What a role depends on runs first; hosts that have been through the role do not go again. */
  private List<HostRun> role(RoleBlock block, Frame frame, List<HostRun> hosts)
      throws InterruptedException {
    List<HostRun> through = hosts;
    for (RoleBlock dependency : block.dependencies()) {
      through = role(dependency, frame.inRole(dependency.keywords(), dependency.role()), through);
    }
    List<HostRun> running =
        through.stream()
            .filter(h -> block.role().allowDuplicates() || !h.hasDone(block.role()))
            .toList();
    List<Integer> before = running.stream().map(HostRun::worked).toList();
    statements(block.tasks(), frame, running);
    for (int i = 0; i < running.size(); i++) {
      HostRun host = running.get(i);
      if (host.state() == State.ROLE_ENDED) {
        host.recover();
      }
      if (host.active() && host.worked() > before.get(i)) {
        host.done(block.role());
      }
    }
    return through.stream().filter(HostRun::active).toList();
  }

  private List<HostRun> block(Block block, Frame frame, List<HostRun> hosts, boolean handler)
      throws InterruptedException {
    List<HostRun> through = new ArrayList<>(statements(block.body(), frame, hosts, handler));
    List<HostRun> failed = hosts.stream().filter(h -> h.state() == State.FAILED).toList();
    if (!failed.isEmpty() && !block.rescue().isEmpty()) {
      fatal = false;
      tellOfRescue(failed);
      for (HostRun host : failed) {
        host.countRescued();
        host.recover();
        host.facts().putAll(FailedTask.variables(host.failure().orElseThrow()));
      }
      through.addAll(statements(block.rescue(), frame, failed, handler));
    }
    if (!block.always().isEmpty()) {
      through = new ArrayList<>(always(block, frame, hosts, through, handler));
    }
    List<HostRun> came = through;
    return hosts.stream().filter(came::contains).filter(HostRun::active).toList();
  }

  private void tellOfRescue(List<HostRun> failed) {
    Map<TaskInfo, List<String>> byTask = new LinkedHashMap<>();
    for (HostRun host : failed) {
      TaskInfo task = host.failure().orElseThrow().task();
      byTask.computeIfAbsent(task, t -> new ArrayList<>()).add(host.name());
    }
    byTask.forEach(
        (task, names) ->
            play.run().events().publish(new RunEvent.Rescuing(Instant.now(), task, names)));
  }

  /** Failed hosts take part too, and stay failed. */
  private List<HostRun> always(
      Block block, Frame frame, List<HostRun> hosts, List<HostRun> through, boolean handler)
      throws InterruptedException {
    List<HostRun> reachable =
        hosts.stream().filter(h -> h.active() || h.state() == State.FAILED).toList();
    List<HostRun> failedBefore = reachable.stream().filter(h -> h.state() == State.FAILED).toList();
    failedBefore.forEach(HostRun::recover);
    List<HostRun> done = statements(block.always(), frame, reachable, handler);
    for (HostRun host : failedBefore) {
      if (host.active()) {
        host.fail(State.FAILED, host.failure().orElseThrow());
      }
    }
    return through.stream().filter(done::contains).toList();
  }
}
