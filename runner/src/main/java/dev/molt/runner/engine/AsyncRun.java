package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.engine.ModuleRun.Mode;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Module.Background;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.job.AsyncJobs;
import dev.molt.runner.remote.job.Job;
import dev.molt.runner.remote.job.JobException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Takes the module of a task with {@code async} through plan and apply, in place of {@link
 * ModuleRun}. Where the module can ({@link Module#background}), its change goes on by itself on the
 * host, killed at the limit, whatever becomes of the connection; any other is made at once, and its
 * result is kept as a job's. With {@code poll: 0} the result says only that a job was started, and
 * async_status asks for the rest, failures included. A check starts nothing: what it foresees is
 * kept for async_status in memory. Stateless.
 */
public final class AsyncRun {
  private AsyncRun() {}

  /** Is told how a job that is waited for is getting on, on the calling thread. */
  public interface Watcher {
    /** It was looked at, and is not done yet; told no more often than {@code poll} says. */
    void polled(String job);

    /**
     * It came to its end.
     *
     * @param ok whether within its time
     */
    void finished(String job, boolean ok);
  }

  /**
   * Runs it.
   *
   * @param limit {@code async}: how long it may take; at least a second
   * @param poll how often to look; zero to go on without waiting
   * @throws ModuleException if it failed or took too long, with the job's keys in its result, and
   *     if the module cannot be run so
   */
  public static <P extends Record> Outcome execute(
      Module<P> module,
      P options,
      HostTarget target,
      Mode mode,
      Duration limit,
      Duration poll,
      Watcher watcher)
      throws ModuleException, UnreachableException, InterruptedException {
    if (module.background() == Background.REFUSED) {
      throw refused(module);
    }
    HostTarget limited = target.withDeadline(limit);
    return poll.isZero()
        ? start(module, options, limited, mode, limit, watcher)
        : wait(module, options, limited, mode, limit, poll, watcher);
  }

  static ModuleException refused(Module<?> module) {
    return new ModuleException(
        "This action (" + module.spec().name() + ") does not support async.");
  }

  private static <P extends Record> Outcome wait(
      Module<P> module,
      P options,
      HostTarget target,
      Mode mode,
      Duration limit,
      Duration poll,
      Watcher watcher)
      throws ModuleException, UnreachableException, InterruptedException {
    JobTarget[] used = new JobTarget[1];
    Outcome outcome;
    try {
      outcome =
          module.background() != Background.DETACHED
              ? ModuleRun.execute(module, options, target, mode)
              : ModuleRun.execute(
                  module,
                  options,
                  target,
                  mode,
                  (host, plan) -> used[0] = new JobTarget(host, plan, limit, poll, watcher));
    } catch (ModuleException e) {
      JobTarget.keys(e.result(), job(used[0]));
      throw e;
    }
    JobTarget.keys(outcome.result(), job(used[0]));
    return outcome;
  }

  private static Job job(JobTarget used) {
    return used == null || used.job() == null ? unkept() : used.job();
  }

  /** A job that no host knows of. */
  private static Job unkept() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new Job(
        "j" + random.nextLong(1_000_000_000_000L) + "." + ProcessHandle.current().pid(), "");
  }

  private static <P extends Record> Outcome start(
      Module<P> module, P options, HostTarget target, Mode mode, Duration limit, Watcher watcher)
      throws ModuleException, UnreachableException, InterruptedException {
    Status status = Status.OK;
    MapValue result;
    try {
      Outcome outcome =
          module.background() != Background.DETACHED
              ? ModuleRun.execute(module, options, target, mode)
              : ModuleRun.execute(
                  module,
                  options,
                  target,
                  mode,
                  (host, plan) -> new JobTarget(host, plan, limit, Duration.ZERO, watcher));
      if (mode != Mode.APPLY && outcome.status() == Status.UNKNOWN) {
        return outcome;
      }
      status = outcome.status();
      result = outcome.result();
    } catch (JobStartedException started) {
      return started(Status.CHANGED, started.job());
    } catch (ModuleException e) {
      result = e.result();
      result.put("failed", BoolValue.TRUE);
      result.put("msg", new StrValue(e.getMessage()));
    }
    return started(status, keep(target, mode, result));
  }

  /** Keeps the result of what is over already. */
  private static Job keep(HostTarget target, Mode mode, MapValue result)
      throws ModuleException, UnreachableException, InterruptedException {
    result.put("finished", IntValue.of(1)).put("started", IntValue.of(1));
    if (mode != Mode.APPLY) {
      Job job = unkept();
      target.foreseen().addJob(job.id(), result);
      return job;
    }
    target.allowWrites(true);
    try {
      return AsyncJobs.record(target::write, Json.write(result));
    } catch (JobException | ValueException e) {
      throw new ModuleException(e.getMessage(), e);
    } finally {
      target.allowWrites(false);
    }
  }

  private static Outcome started(Status status, Job job) {
    MapValue result = MapValue.empty();
    JobTarget.keys(result, job).put("finished", IntValue.of(0));
    result.put("changed", BoolValue.of(status == Status.CHANGED));
    return new Outcome(status, result, List.of(), List.of());
  }
}
