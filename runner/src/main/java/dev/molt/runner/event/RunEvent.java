package dev.molt.runner.event;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened in a run. */
public sealed interface RunEvent {
  /** How a task ended on a host. */
  enum Status {
    OK,
    CHANGED,
    /** A check cannot tell what would happen. */
    UNKNOWN,
    SKIPPED,
    FAILED,
    /** It failed, and {@code ignore_errors} says to go on. */
    IGNORED,
    UNREACHABLE;

    public boolean bad() {
      return this == FAILED || this == UNREACHABLE;
    }
  }

  /** The run begins. */
  record RunStarted(Instant at, String playbook, boolean check) implements RunEvent {}

  /**
   * A play, or one of its batches, begins.
   *
   * @param batch counted from 1
   */
  record PlayStarted(Instant at, String name, List<String> hosts, int batch, int batches)
      implements RunEvent {}

  /** A play is left out. */
  record PlaySkipped(Instant at, String name, String reason) implements RunEvent {}

  /** A task begins on these hosts. */
  record TaskStarted(Instant at, TaskInfo task, List<String> hosts) implements RunEvent {}

  /** A loop of a task finished one item on a host. */
  record ItemFinished(Instant at, TaskInfo task, HostResult result) implements RunEvent {}

  /** A task ended on one host. */
  record HostFinished(Instant at, TaskInfo task, HostResult result) implements RunEvent {}

  /** A task ended on all its hosts. */
  record TaskFinished(Instant at, TaskInfo task, Duration took) implements RunEvent {}

  /** A long task tells how it is getting on. */
  record Progress(Instant at, TaskInfo task, String host, String message) implements RunEvent {}

  /** A try of a task with {@code until} did not yet succeed. */
  record Retrying(Instant at, TaskInfo task, String host, int attempt, int attempts)
      implements RunEvent {}

  /** Something the user should know that belongs to no host. */
  record Warning(Instant at, Diagnostic diagnostic) implements RunEvent {}

  /** Hosts leave the play because another failed. */
  record PlayStopped(Instant at, String reason, List<String> hosts) implements RunEvent {}

  /** The run is over. */
  record RunFinished(Instant at, Duration took, List<HostSummary> hosts, boolean interrupted)
      implements RunEvent {}

  /**
   * A task of the playbook.
   *
   * @param id counted from 1 in the order in which tasks start
   * @param position {@code file:line} for people
   */
  record TaskInfo(int id, String name, String module, String position, boolean handler) {}

  /**
   * What a task did on a host.
   *
   * @param item the label of the loop's item, where it is one
   * @param delegate the host that it was done on, where that is another
   * @param message what to say about it; empty where the status says it all
   * @param result all keys, as registered
   */
  record HostResult(
      String host,
      Optional<String> item,
      Optional<String> delegate,
      Status status,
      String message,
      MapValue result,
      List<FieldDiff> diffs,
      List<Effect> effects,
      Duration took) {}

  /** Counts per host, as in Ansible's recap. */
  record HostSummary(
      String host,
      int ok,
      int changed,
      int unknown,
      int unreachable,
      int failed,
      int skipped,
      int rescued,
      int ignored) {}
}
