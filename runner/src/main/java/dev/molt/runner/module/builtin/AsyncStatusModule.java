package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import dev.molt.runner.remote.job.AsyncJobs;
import dev.molt.runner.remote.job.Job;
import dev.molt.runner.remote.job.JobException;
import dev.molt.runner.remote.job.JobStatus;
import java.util.List;
import java.util.Optional;

/** Asks what has become of a task that goes on by itself, or forgets about it. */
public final class AsyncStatusModule implements Module<AsyncStatusModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("async_status", "Ask for the result of an asynchronous task", Options.class);

  /** What to do. */
  public enum Mode {
    STATUS,
    CLEANUP
  }

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "The job's id: ansible_job_id of the task's result.", required = true)
          String jid,
      @Option(value = "Ask how it stands, or remove what is kept of it.", defaultValue = "status")
          Mode mode,
      @Option(value = "Where the host keeps its jobs.", name = "_async_dir")
          Optional<String> asyncDir) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Optional<MapValue> foreseen = target.foreseen().job(options.jid());
    if (options.mode() == Mode.CLEANUP) {
      return foreseen.isPresent()
          ? Plan.unchanged(erased(new Job(options.jid(), "")))
          : new Plan.Unknown("would remove the job " + options.jid(), MapValue.empty());
    }
    if (foreseen.isPresent()) {
      return told(options.jid(), "", foreseen.get());
    }
    JobStatus status;
    try {
      status = AsyncJobs.poll(script -> target.read(in(options, script)), options.jid());
    } catch (JobException e) {
      throw missing(options.jid(), e.getMessage());
    }
    return switch (status.state()) {
      case RUNNING ->
          Plan.unchanged(
              base(options.jid(), status.job().resultsFile()).put("finished", IntValue.of(0)));
      case FINISHED -> told(options.jid(), status.job().resultsFile(), parse(status));
      case MISSING -> throw missing(options.jid(), "could not find job");
      case LOST ->
          throw missing(
              options.jid(),
              "the job is gone without a result: someone ended it, or the host was started anew");
    };
  }

  private static Script in(Options options, Script script) {
    if (options.asyncDir().isEmpty()) {
      return script;
    }
    return new Script(
        "ANSIBLE_ASYNC_DIR=" + ShellQuote.quote(options.asyncDir().get()) + "\n" + script.text(),
        script.stdin(),
        script.deadline(),
        script.maxOutput(),
        script.onLine());
  }

  private static MapValue parse(JobStatus status) throws ModuleException {
    try {
      if (Json.parse(status.json()) instanceof MapValue result) {
        return result;
      }
    } catch (ValueException e) {
      // What was kept is not what a job keeps.
    }
    throw missing(status.job().id(), "Could not parse job output: " + status.json());
  }

  private static ModuleException missing(String id, String message) {
    return new ModuleException(
        message,
        MapValue.empty()
            .put("ansible_job_id", new StrValue(id))
            .put("started", IntValue.of(1))
            .put("finished", IntValue.of(1)));
  }

  private static MapValue base(String id, String file) {
    MapValue result =
        MapValue.empty()
            .put("ansible_job_id", new StrValue(id))
            .put("results_file", new StrValue(file))
            .put("started", IntValue.of(1));
    CommandResult.output(result, "", "");
    return result;
  }

  /** The job's result as the task would have had it. */
  private static Plan told(String id, String file, MapValue job) throws ModuleException {
    MapValue result = base(id, file);
    result.entries().putAll(job.entries());
    result.put("finished", IntValue.of(1));
    Optional<String> notStarted = CommandRun.notStarted(text(job, "stderr"));
    CommandResult.output(
        result,
        CommandRun.stripped(text(job, "stdout")),
        notStarted.isPresent() ? "" : CommandRun.stripped(text(job, "stderr")));
    notStarted.ifPresent(message -> result.put("msg", new StrValue(message)));
    if (truth(job, "failed")) {
      if (notStarted.isPresent()) {
        result.put("changed", BoolValue.FALSE);
      }
      throw new ModuleException(text(result, "msg"), result);
    }
    return Plan.unchanged(result);
  }

  private static boolean truth(MapValue result, String key) {
    return result.has(key) && Truth.of(result.get(key));
  }

  private static String text(MapValue result, String key) {
    return result.has(key) ? Python.str(result.get(key)) : "";
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    try {
      JobStatus status =
          AsyncJobs.cleanup(script -> target.write(in(options, script)), options.jid());
      if (status.state() == JobStatus.State.MISSING) {
        throw missing(options.jid(), "could not find job");
      }
      return Applied.of(erased(status.job()));
    } catch (JobException e) {
      throw missing(options.jid(), e.getMessage());
    }
  }

  private static MapValue erased(Job job) {
    List<Value> nothing = List.of();
    return MapValue.empty()
        .put("ansible_job_id", new StrValue(job.id()))
        .put("erased", new StrValue(job.resultsFile()))
        .put("started", IntValue.of(0))
        .put("finished", IntValue.of(0))
        .put("stdout", StrValue.EMPTY)
        .put("stdout_lines", ListValue.of(nothing))
        .put("stderr", StrValue.EMPTY)
        .put("stderr_lines", ListValue.of(nothing))
        .put("changed", BoolValue.FALSE);
  }
}
