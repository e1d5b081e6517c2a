package dev.molt.runner.remote.job;

import java.util.Objects;

/**
 * How a job stands.
 *
 * @param json for {@link State#FINISHED} an object with what came of it; empty text otherwise
 */
public record JobStatus(Job job, State state, String json) {
  /** What can be said of a job. */
  public enum State {
    RUNNING,
    /** It came to its end, or was killed at its limit. */
    FINISHED,
    /** There is no such job, or no longer. */
    MISSING,
    /** It did not finish and does not run: the host was started anew, or someone killed it. */
    LOST
  }

  public JobStatus {
    Objects.requireNonNull(job);
    Objects.requireNonNull(state);
    Objects.requireNonNull(json);
  }
}
