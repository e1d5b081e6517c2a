package dev.molt.runner.engine;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.module.Foreseen;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A host in the course of a run. Its variables may be read by tasks of other hosts at any time; all
 * else belongs to the engine's thread.
 */
final class HostRun {
  /** Why a host is out. */
  enum State {
    ACTIVE,
    FAILED,
    UNREACHABLE,
    /** By {@code meta: end_host} or {@code end_play}: it leaves the play, not the run. */
    ENDED
  }

  /** What the rescue of a block can read. */
  record Failure(String task, String action, MapValue result) {}

  private final String name;
  private final Map<String, Value> facts = new ConcurrentHashMap<>();
  private final Foreseen foreseen = new Foreseen();
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
  private State state = State.ACTIVE;
  private Optional<Failure> failure = Optional.empty();
  private boolean counted;
  private int rescued;

  HostRun(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** What {@code set_fact} and {@code register} have set. */
  Map<String, Value> facts() {
    return facts;
  }

  Foreseen foreseen() {
    return foreseen;
  }

  State state() {
    return state;
  }

  boolean active() {
    return state == State.ACTIVE;
  }

  Optional<Failure> failure() {
    return failure;
  }

  void fail(State how, Failure why) {
    state = how;
    failure = Optional.of(why);
  }

  /** Out because of another host: no failure of its own to count. */
  void stop(Failure why) {
    fail(State.FAILED, why);
    counted = false;
  }

  void end() {
    state = State.ENDED;
  }

  /** Back into the play, for the rescue of a block; what failed stays readable. */
  void recover() {
    state = State.ACTIVE;
  }

  /** What failed goes to a rescue: it counts as rescued instead. */
  void countRescued() {
    if (counted) {
      rescued++;
      counts.merge(Status.FAILED, -1, Integer::sum);
      counted = false;
    }
  }

  void count(Status status) {
    counted |= status == Status.FAILED;
    counts.merge(status, 1, Integer::sum);
  }

  private int of(Status status) {
    return counts.getOrDefault(status, 0);
  }

  /** As Ansible counts: what changed or was ignored is among the ok ones too. */
  HostSummary summary() {
    return new HostSummary(
        name,
        of(Status.OK) + of(Status.CHANGED) + of(Status.IGNORED),
        of(Status.CHANGED),
        of(Status.UNKNOWN),
        of(Status.UNREACHABLE),
        of(Status.FAILED),
        of(Status.SKIPPED),
        rescued,
        of(Status.IGNORED));
  }
}
