package dev.molt.runner.engine;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.job.Job;

/** Leaves a module's apply, whose one script goes on by itself. No failure. */
final class JobStartedException extends ModuleException {
  private static final long serialVersionUID = 1L;

  private final transient Job job;

  JobStartedException(Job job) {
    super("the job " + job.id() + " has been started");
    this.job = job;
  }

  Job job() {
    return job;
  }
}
