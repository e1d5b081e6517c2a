package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.job.AsyncJobs;
import dev.molt.runner.remote.job.Job;
import dev.molt.runner.remote.job.JobException;
import dev.molt.runner.remote.job.JobStatus;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A host on which what a module writes with goes on by itself, and is waited for or not. */
final class JobTarget implements Target {
  private static final Duration FIRST_LOOK = Duration.ofMillis(100);

  /** How much longer than its limit a job's end may take to show. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Target host;
  private final Duration limit;
  private final Duration poll;
  private final AsyncRun.Watcher watcher;
  private final String keys;
  private Job job;

  /**
   * @param poll how often to look; zero not to wait
   * @param plan what its result says is kept with the job's
   */
  JobTarget(Target host, Plan plan, Duration limit, Duration poll, AsyncRun.Watcher watcher) {
    this.host = host;
    this.limit = limit;
    this.poll = poll;
    this.watcher = watcher;
    MapValue known = MapValue.empty();
    plan.result().entries().forEach((key, value) -> known.put(Python.str(key), value));
    known.entries().keySet().removeIf(key -> Python.str(key).equals("changed"));
    String json = Json.write(known);
    this.keys = json.substring(1, json.length() - 1);
  }

  /**
   * Starts the script.
   *
   * @throws JobStartedException at once, unless it is to be waited for
   */
  @Override
  public ScriptResult write(Script script)
      throws ModuleException, UnreachableException, InterruptedException {
    if (job != null) {
      throw new IllegalStateException("a module that runs by itself may write only once");
    }
    try {
      job = AsyncJobs.start(host::write, script, limit, keys);
      if (poll.isZero()) {
        throw new JobStartedException(job);
      }
      MapValue result = await(System.nanoTime());
      AsyncJobs.cleanup(host::write, job.id());
      boolean late = BoolValue.TRUE.equals(result.get("timed_out"));
      watcher.finished(job.id(), !late);
      if (late) {
        throw tooLate(result);
      }
      return answer(result);
    } catch (JobException e) {
      throw new ModuleException(e.getMessage(), e);
    }
  }

  private MapValue await(long started)
      throws ModuleException, JobException, UnreachableException, InterruptedException {
    Duration pause = FIRST_LOOK;
    Duration told = poll;
    while (true) {
      Thread.sleep(pause.toMillis());
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(poll) > 0 ? poll : pause;
      Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
      boolean patient = elapsed.compareTo(limit.plus(GRACE)) < 0;
      try {
        JobStatus status = AsyncJobs.poll(host::read, job.id());
        switch (status.state()) {
          case FINISHED -> {
            return (MapValue) Json.parse(status.json());
          }
          case LOST, MISSING ->
              throw new ModuleException(
                  "the job "
                      + job.id()
                      + " is gone without a result: someone ended it, or the host was started anew",
                  keys(MapValue.empty(), job));
          case RUNNING -> {}
        }
        if (!patient) {
          throw tooLate(MapValue.empty());
        }
      } catch (UnreachableException e) {
        // The job goes on; only a host that stays away is given up.
        if (!patient) {
          throw e;
        }
      }
      if (elapsed.compareTo(told) >= 0) {
        watcher.polled(job.id());
        told = told.plus(poll);
      }
    }
  }

  private ModuleException tooLate(MapValue result) {
    MapValue all = keys(MapValue.empty().put("async_result", result), job);
    return new ModuleException(
        "async task did not complete within the requested time - " + limit.toSeconds() + "s", all);
  }

  private static ScriptResult answer(MapValue result) {
    return new ScriptResult(
        ((IntValue) result.get("rc")).value().intValue(),
        Python.str(result.get("stdout")).getBytes(StandardCharsets.UTF_8),
        Python.str(result.get("stderr")).getBytes(StandardCharsets.UTF_8),
        Duration.between(time(result, "start"), time(result, "end")),
        false,
        BoolValue.TRUE.equals(result.get("truncated")));
  }

  private static LocalDateTime time(MapValue result, String key) {
    return LocalDateTime.parse(Python.str(result.get(key)), TIME);
  }

  /** Adds what the result of a job that has been waited for says of it. */
  static MapValue keys(MapValue result, Job job) {
    return result
        .put("ansible_job_id", new StrValue(job.id()))
        .put("results_file", new StrValue(job.resultsFile()))
        .put("started", IntValue.of(1))
        .put("finished", IntValue.of(1));
  }

  /** The job, once it has been started. */
  Job job() {
    return job;
  }

  @Override
  public String host() {
    return host.host();
  }

  @Override
  public ScriptResult read(Script script)
      throws ModuleException, UnreachableException, InterruptedException {
    return host.read(script);
  }

  @Override
  public Socket tunnel(String address, int port, Duration timeout)
      throws IOException, UnreachableException {
    return host.tunnel(address, port, timeout);
  }

  @Override
  public Foreseen foreseen() {
    return host.foreseen();
  }

  @Override
  public Path find(String kind, String name) throws ModuleException {
    return host.find(kind, name);
  }

  @Override
  public byte[] decrypt(Path file, byte[] content) throws ModuleException {
    return host.decrypt(file, content);
  }

  @Override
  public void progress(String message) {
    host.progress(message);
  }

  @Override
  public int verbosity() {
    return host.verbosity();
  }

  @Override
  public Duration deadline() {
    return limit;
  }
}
