package dev.molt.runner.remote.job;

import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Starts scripts that go on by themselves, and finds out what has become of them. All state is on
 * the host, in {@code ~/.ansible_async} or where the environment variable {@code ANSIBLE_ASYNC_DIR}
 * says: a file for each job, of JSON, under the job's id. It has {@code started}, {@code finished}
 * and {@code ansible_job_id}, and once the job has finished {@code rc}, {@code stdout}, {@code
 * stderr}, {@code start}, {@code end}, {@code delta}, {@code changed}, {@code failed}, {@code msg},
 * {@code timed_out} and {@code truncated} too. Of output, NUL characters are dropped, and no more
 * is kept than the script says.
 *
 * <p>A job has a session of its own: no connection's end reaches it. At its limit its whole process
 * group is killed. A job whose file is removed while it runs goes on, and leaves nothing behind.
 *
 * <p>Stateless and thread-safe.
 */
public final class AsyncJobs {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** Escaped, a character may take six times its length. */
  private static final long MAX_STATUS = 256L << 20;

  private AsyncJobs() {}

  /**
   * Where scripts run: {@code shell::run}, or a task's target.
   *
   * @param <X> what it throws besides
   */
  @FunctionalInterface
  public interface Host<X extends Exception> {
    ScriptResult run(Script script) throws X, UnreachableException, InterruptedException;
  }

  /**
   * Starts a script and leaves it. Its standard input has been taken to the host when this returns.
   *
   * @param script its deadline does not count, and nobody is told of its lines
   * @param limit how long it may take before it is killed, in whole seconds from 1 on
   * @param keys members of a JSON object, such as {@code "cmd": "sleep 5"}, that its result is to
   *     have as well; may be empty
   * @throws JobException if the host could not keep the job's files
   */
  public static <X extends Exception> Job start(
      Host<X> host, Script script, Duration limit, String keys)
      throws X, JobException, UnreachableException, InterruptedException {
    String prefix = "j" + ThreadLocalRandom.current().nextLong(1_000_000_000_000L);
    Script starting = Script.of(JobScripts.start(prefix, script, limit, keys));
    if (script.stdin().isPresent()) {
      // Content goes at the speed of the network; that is not the job's time.
      starting = starting.withStdin(script.stdin().get()).withDeadline(script.deadline());
    } else {
      starting = starting.withDeadline(DEADLINE);
    }
    return started(host.run(starting), "started");
  }

  /**
   * Keeps the result of something that is over already as that of a job.
   *
   * @param json a JSON object
   */
  public static <X extends Exception> Job record(Host<X> host, String json)
      throws X, JobException, UnreachableException, InterruptedException {
    String prefix = "j" + ThreadLocalRandom.current().nextLong(1_000_000_000_000L);
    Script script = Script.of(JobScripts.record(prefix, json)).withDeadline(DEADLINE);
    return started(host.run(script), "kept");
  }

  private static String checked(String id) throws JobException {
    if (id.isEmpty() || id.startsWith(".") || id.indexOf('/') >= 0) {
      throw new JobException("'" + id + "' is not the id of a job");
    }
    return id;
  }

  private static Job started(ScriptResult answer, String what) throws JobException {
    String[] lines = answer.out().split("\n");
    if (!answer.ok() || lines.length < 2) {
      throw new JobException("the job could not be " + what + ": " + answer.err().strip());
    }
    return new Job(lines[0], lines[1]);
  }

  /**
   * Asks how a job stands. Changes nothing.
   *
   * @throws JobException if the host gave no answer, or the id can be none
   */
  public static <X extends Exception> JobStatus poll(Host<X> host, String id)
      throws X, JobException, UnreachableException, InterruptedException {
    Script script = Script.of(JobScripts.poll(checked(id))).withDeadline(DEADLINE);
    ScriptResult answer =
        host.run(
            new Script(
                script.text(), script.stdin(), script.deadline(), MAX_STATUS, script.onLine()));
    String out = answer.out();
    int pathEnd = out.indexOf('\n');
    int stateEnd = out.indexOf('\n', pathEnd + 1);
    if (!answer.ok() || pathEnd < 0 || stateEnd < 0) {
      throw new JobException("the job " + id + " could not be asked: " + answer.err().strip());
    }
    Job job = new Job(id, out.substring(0, pathEnd));
    String json = out.substring(stateEnd + 1).strip();
    return switch (out.substring(pathEnd + 1, stateEnd)) {
      case "missing" -> new JobStatus(job, JobStatus.State.MISSING, "");
      case "running" -> new JobStatus(job, JobStatus.State.RUNNING, "");
      case "dead" -> new JobStatus(job, JobStatus.State.LOST, "");
      default -> new JobStatus(job, JobStatus.State.FINISHED, json);
    };
  }

  /**
   * Removes what the host keeps of a job. One that still runs is not ended.
   *
   * @return the file that was removed, or would have been
   * @throws JobException if it could not be removed
   */
  public static <X extends Exception> JobStatus cleanup(Host<X> host, String id)
      throws X, JobException, UnreachableException, InterruptedException {
    ScriptResult answer =
        host.run(Script.of(JobScripts.cleanup(checked(id))).withDeadline(DEADLINE));
    String[] lines = answer.out().split("\n");
    if (!answer.ok() || lines.length < 2) {
      throw new JobException("the job " + id + " could not be removed: " + answer.err().strip());
    }
    return new JobStatus(
        new Job(id, lines[0]),
        lines[1].equals("missing") ? JobStatus.State.MISSING : JobStatus.State.FINISHED,
        "");
  }
}
