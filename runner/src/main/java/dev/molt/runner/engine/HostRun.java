package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.Foreseen;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A host in the course of a run. Its variables and its state may be read by tasks of other hosts at
 * any time; all else belongs to the thread that takes the host through the play.
 */
final class HostRun {
  /** Why a host is out. */
  enum State {
    ACTIVE,
    FAILED,
    UNREACHABLE,
    /** By {@code meta: end_host} or {@code end_play}: it leaves the play, not the run. */
    ENDED,
    /** By {@code meta: end_role}: until the role is over. */
    ROLE_ENDED
  }

  /** What the rescue of a block can read. */
  record Failure(TaskInfo task, MapValue result) {}

  private final String name;
  private final Map<String, Value> facts = new ConcurrentHashMap<>();
  private final HostFacts gathered = new HostFacts();
  private final ReentrantLock gathering = new ReentrantLock();
  private volatile Foreseen foreseen = new Foreseen();
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
  private final Set<Role.Key> doneRoles = new HashSet<>();
  private volatile Layer included = Layer.ofNodes("include_vars", Map.of());
  private volatile State state = State.ACTIVE;
  private volatile Optional<Failure> failure = Optional.empty();
  private boolean counted;
  private int rescued;
  private int ignoredChanges;

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

  /** What was found out about the host. */
  HostFacts gathered() {
    return gathered;
  }

  /** Held while the host is asked for its facts. */
  ReentrantLock gathering() {
    return gathering;
  }

  /** What {@code include_vars} has read. */
  Layer included() {
    return included;
  }

  void include(Layer variables) {
    included = variables;
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

  boolean out() {
    return state == State.FAILED || state == State.UNREACHABLE;
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

  void endRole() {
    state = State.ROLE_ENDED;
  }

  /** Back into the play, for the rescue of a block; what failed stays readable. */
  void recover() {
    state = State.ACTIVE;
  }

  /** What sets back what tasks will have set of its variables. */
  Runnable remembered() {
    Map<String, Value> before = Map.copyOf(facts);
    Layer read = included;
    return () -> {
      facts.keySet().retainAll(before.keySet());
      facts.putAll(before);
      included = read;
    };
  }

  /** What tasks have set of its variables is not so. */
  void unset() {
    facts.clear();
    included = Layer.ofNodes("include_vars", Map.of());
  }

  /** Back for something that has nothing to do with what was before, foretold changes included. */
  void startAnew() {
    foreseen = new Foreseen();
    beginPlay();
  }

  /** By {@code meta: clear_host_errors}: it takes part again from the next play on. */
  void forgive() {
    state = State.ENDED;
  }

  /** Whether the host has been through this use of a role in the play. */
  boolean hasDone(Role role) {
    return doneRoles.contains(role.key());
  }

  void done(Role role) {
    doneRoles.add(role.key());
  }

  /** A new play begins: roles run again, and a failure that was rescued is forgotten. */
  void beginPlay() {
    recover();
    doneRoles.clear();
    failure = Optional.empty();
  }

  /** What failed goes to a rescue: it counts as rescued instead. */
  void countRescued() {
    if (counted) {
      rescued++;
      counts.merge(Status.FAILED, -1, Integer::sum);
      counted = false;
    }
  }

  /**
   * @param changed whether the result says so; a failure that is ignored may have changed something
   */
  void count(Status status, boolean changed) {
    ignoredChanges += status == Status.IGNORED && changed ? 1 : 0;
    count(status);
  }

  void count(Status status) {
    counted |= status == Status.FAILED;
    counts.merge(status, 1, Integer::sum);
  }

  /** How many tasks the host has done, those that were skipped aside. */
  int worked() {
    return counts.entrySet().stream()
            .filter(e -> e.getKey() != Status.SKIPPED)
            .mapToInt(Map.Entry::getValue)
            .sum()
        + rescued;
  }

  private int of(Status status) {
    return counts.getOrDefault(status, 0);
  }

  /** What hooks learn of a host that has been through. */
  Map<String, Object> outcome() {
    Map<String, Object> outcome = new java.util.LinkedHashMap<>();
    outcome.put("host", name);
    outcome.put("ok", !out());
    outcome.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
    return outcome;
  }

  /** As Ansible counts: what changed or was ignored is among the ok ones too. */
  HostSummary summary() {
    return new HostSummary(
        name,
        of(Status.OK) + of(Status.CHANGED) + of(Status.IGNORED),
        of(Status.CHANGED) + ignoredChanges,
        of(Status.UNKNOWN),
        of(Status.UNREACHABLE),
        of(Status.FAILED),
        of(Status.SKIPPED),
        rescued,
        of(Status.IGNORED));
  }
}
