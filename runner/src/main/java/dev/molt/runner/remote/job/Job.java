package dev.molt.runner.remote.job;

import java.util.Objects;

/**
 * A script that goes on by itself.
 *
 * @param id such as {@code j482910573318.4711}; what {@link AsyncJobs#poll} takes
 * @param resultsFile where the host keeps what is known of it, as JSON
 */
public record Job(String id, String resultsFile) {
  public Job {
    Objects.requireNonNull(id);
    Objects.requireNonNull(resultsFile);
  }
}
