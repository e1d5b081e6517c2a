package dev.molt.runner.event;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that happened in a run. */
public sealed interface RunEvent {
  /** When. */
  Instant at();

  /** How a task ended on a host. */
  enum Status {
    OK,
    CHANGED,
    /** A check cannot tell what would happen. */
    UNKNOWN,
    SKIPPED,
    FAILED,
    /** It failed or was out of reach, and a keyword says to go on all the same. */
    IGNORED,
    UNREACHABLE;

    public boolean bad() {
      return this == FAILED || this == UNREACHABLE;
    }
  }

  /** Why a play is left out. */
  enum Omission {
    NO_HOSTS("no host is selected"),
    HOSTS_FAILED("all of its hosts have failed before"),
    RUN_OVER("the play before failed"),
    HOOK("a hook says so");

    private final String text;

    Omission(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }

  /** The run of one playbook begins. */
  record RunStarted(Instant at, String playbook, boolean check) implements RunEvent {}

  /**
   * A play, or one of its batches, begins.
   *
   * @param batch counted from 1
   */
  record PlayStarted(Instant at, PlayInfo play, List<String> hosts, int batch, int batches)
      implements RunEvent {}

  /**
   * A play is left out.
   *
   * @param reason in the words of the hook that says so
   */
  record PlaySkipped(Instant at, PlayInfo play, Omission why, Optional<String> reason)
      implements RunEvent {
    /** Without more words. */
    public PlaySkipped(Instant at, PlayInfo play, Omission why) {
      this(at, play, why, Optional.empty());
    }
  }

  /**
   * A hook leaves out the rest of the play for these hosts.
   *
   * @param reason in its words; empty where it gives none
   */
  record HostsSkipped(Instant at, String reason, List<String> hosts) implements RunEvent {
    /** For people: the reason, or that there is none. */
    public String why() {
      return reason.isEmpty() ? Omission.HOOK.text() : reason;
    }
  }

  /**
   * A task begins on these hosts. Where hosts do not go through a play together (strategies free
   * and host_pinned) it comes, as does {@link TaskFinished}, for each host alone.
   */
  record TaskStarted(Instant at, TaskInfo task, List<String> hosts) implements RunEvent {}

  /** A task begins on one of its hosts. */
  record HostStarted(Instant at, TaskInfo task, String host) implements RunEvent {}

  /** A loop of a task finished one item on a host. */
  record ItemFinished(Instant at, TaskInfo task, HostResult result) implements RunEvent {}

  /** A task ended on one host; of a task with a loop, after all its items. */
  record HostFinished(Instant at, TaskInfo task, HostResult result) implements RunEvent {}

  /** A task ended on all its hosts. */
  record TaskFinished(Instant at, TaskInfo task, Duration took) implements RunEvent {}

  /** A long task tells how it is getting on. */
  record Progress(Instant at, TaskInfo task, String host, String message) implements RunEvent {}

  /**
   * A try of a task did not yet succeed, and another follows.
   *
   * @param result of this try
   * @param attempt which one it was, counted from 1
   * @param attempts how many there may be in all, the first included
   */
  record Retrying(Instant at, TaskInfo task, HostResult result, int attempt, int attempts)
      implements RunEvent {}

  /** A look at a task that goes on in the background found it not yet done. */
  record AsyncPolled(Instant at, TaskInfo task, String host, String job) implements RunEvent {}

  /** A task that cannot be undone is about to be run: the first one in this run. */
  record PointOfNoReturn(Instant at, TaskInfo task, List<String> hosts) implements RunEvent {}

  /** A task in the background came to its end, or to that of its time. */
  record AsyncFinished(Instant at, TaskInfo task, String host, String job, boolean ok)
      implements RunEvent {}

  /**
   * An {@code include_tasks} or {@code include_role} brought in tasks, which come next.
   *
   * @param what the file's path or the role's name
   * @param item the label of the loop's item, where it is one
   */
  record Included(Instant at, TaskInfo task, String what, Optional<String> item, List<String> hosts)
      implements RunEvent {}

  /** A handler is to run on a host at the next flush. */
  record HandlerNotified(Instant at, String handler, String host) implements RunEvent {}

  /** A task failed on these hosts and its block has a rescue, which comes next. */
  record Rescuing(Instant at, TaskInfo task, List<String> hosts) implements RunEvent {}

  /** Hosts leave the play because another failed. */
  record PlayStopped(Instant at, String reason, List<String> hosts) implements RunEvent {}

  /**
   * Nobody is left in the play before its tasks are done: {@code max_fail_percentage} was passed,
   * or (where hosts go on their own) all are out of reach.
   */
  record NoHostsRemaining(Instant at) implements RunEvent {}

  /** Something the user should know that belongs to no host. */
  record Warning(Instant at, Diagnostic diagnostic) implements RunEvent {}

  /**
   * Something still works, and will not in a later version.
   *
   * @param version the one in which it is gone
   */
  record Deprecation(Instant at, Diagnostic diagnostic, Optional<String> version)
      implements RunEvent {}

  /**
   * Something that only who asked for more words wants to know.
   *
   * @param verbosity how many {@code -v} it takes at least
   */
  record Note(Instant at, int verbosity, Optional<String> host, String message)
      implements RunEvent {}

  /**
   * The run of the playbook is over.
   *
   * @param error what ended it before its end, or was wrong after it: a mistake, or a hook's veto
   * @param stats what {@code set_stats} gathered, by host; for all together under {@code _run}
   */
  record RunFinished(
      Instant at,
      Duration took,
      List<HostSummary> hosts,
      boolean interrupted,
      Optional<String> error,
      Map<String, MapValue> stats)
      implements RunEvent {
    /** A run that came to its end, without stats of its own. */
    public RunFinished(Instant at, Duration took, List<HostSummary> hosts, boolean interrupted) {
      this(at, took, hosts, interrupted, Optional.empty(), Map.of());
    }
  }

  /**
   * A play of the playbook.
   *
   * @param strategy such as {@code linear}, without the name of a collection
   * @param check whether it only looks, also in a run that changes things
   */
  record PlayInfo(String name, String strategy, boolean check) {
    /** Whether all hosts finish a task before any begins the next. */
    public boolean together() {
      return !strategy.equals("free") && !strategy.equals("host_pinned");
    }
  }

  /**
   * A task of the playbook.
   *
   * @param id counted from 1 in the order in which tasks start; one task has one, on all hosts
   * @param name with templates filled in; the action's where it has none
   * @param role the role it is from
   * @param module the action, without the name of a collection
   * @param position {@code file:line} for people
   * @param loop whether it has one, so that a result holds those of its items
   * @param check whether it only looks, also in a run that changes things
   * @param diff whether what differs is to be shown
   * @param arguments the module's, as written, as {@code a=1, b=2}; empty where nobody asked
   */
  record TaskInfo(
      int id,
      String name,
      Optional<String> role,
      String module,
      String position,
      boolean handler,
      boolean loop,
      boolean check,
      boolean diff,
      String arguments) {
    /** A task of the play itself, without a loop, that changes things. */
    public TaskInfo(int id, String name, String module, String position, boolean handler) {
      this(id, name, Optional.empty(), module, position, handler, false, false, false, "");
    }

    /** The name with the role's before it, as {@code role : name}. */
    public String title() {
      return role.map(r -> r + " : ").orElse("") + name;
    }

    public TaskInfo inRole(Optional<String> newRole) {
      return new TaskInfo(
          id, name, newRole, module, position, handler, loop, check, diff, arguments);
    }

    public TaskInfo looping(boolean loops) {
      return new TaskInfo(id, name, role, module, position, handler, loops, check, diff, arguments);
    }

    public TaskInfo checking(boolean checks) {
      return new TaskInfo(id, name, role, module, position, handler, loop, checks, diff, arguments);
    }

    public TaskInfo diffing(boolean diffs) {
      return new TaskInfo(id, name, role, module, position, handler, loop, check, diffs, arguments);
    }

    public TaskInfo withArguments(String given) {
      return new TaskInfo(id, name, role, module, position, handler, loop, check, diff, given);
    }
  }

  /**
   * What a task did on a host.
   *
   * @param item the label of the loop's item, where it is one
   * @param delegate the host that it was done on, where that is another
   * @param delegateAddress how that one is reached, where not under its name
   * @param message what to say about it; empty where the status says it all
   * @param result all keys, as registered
   * @param errors the mistakes in the playbook that made it fail, with their places
   * @param hidden whether {@code no_log} took all but the status away
   */
  record HostResult(
      String host,
      Optional<String> item,
      Optional<String> delegate,
      Optional<String> delegateAddress,
      Status status,
      String message,
      MapValue result,
      List<FieldDiff> diffs,
      List<Effect> effects,
      Duration took,
      List<Diagnostic> errors,
      boolean hidden) {
    /** What no_log leaves of a result. */
    public static final String CENSORED =
        "the output has been hidden due to the fact that 'no_log: true' was specified for this"
            + " result";

    /** What no_log leaves of an item's label. */
    public static final String CENSORED_ITEM = "(censored due to no_log)";

    private static final List<String> UNCENSORED =
        List.of("attempts", "changed", "retries", "unreachable");

    /** One that no mistake in the playbook made, and that may be shown. */
    public HostResult(
        String host,
        Optional<String> item,
        Optional<String> delegate,
        Status status,
        String message,
        MapValue result,
        List<FieldDiff> diffs,
        List<Effect> effects,
        Duration took) {
      this(
          host,
          item,
          delegate,
          Optional.empty(),
          status,
          message,
          result,
          diffs,
          effects,
          took,
          List.of(),
          false);
    }

    /** Whether the host, or the one it delegates to, could not be reached, ignored or not. */
    public boolean unreachable() {
      return status == Status.UNREACHABLE
          || (status == Status.IGNORED
              && BoolValue.TRUE.equals(result.get("unreachable"))
              && !BoolValue.TRUE.equals(result.get("failed")));
    }

    /** The same with another outcome. */
    public HostResult with(Status newStatus, String newMessage) {
      return new HostResult(
          host,
          item,
          delegate,
          delegateAddress,
          newStatus,
          newMessage,
          result,
          diffs,
          effects,
          took,
          errors,
          hidden);
    }

    /** The same, made by these mistakes. */
    public HostResult withErrors(List<Diagnostic> newErrors) {
      return new HostResult(
          host,
          item,
          delegate,
          delegateAddress,
          status,
          message,
          result,
          diffs,
          effects,
          took,
          List.copyOf(newErrors),
          hidden);
    }

    /** The same for everybody's eyes, of a task that says {@code no_log}. */
    public HostResult censored() {
      MapValue keys = MapValue.empty().put("censored", new StrValue(CENSORED));
      for (String key : UNCENSORED) {
        if (result.has(key)) {
          keys.put(key, result.get(key));
        }
      }
      return new HostResult(
          host,
          item.map(i -> CENSORED_ITEM),
          delegate,
          delegateAddress,
          status,
          message.isEmpty() ? "" : "(hidden: the task says no_log)",
          keys,
          List.of(),
          effects,
          took,
          List.of(),
          true);
    }
  }

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
