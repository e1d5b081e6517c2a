package dev.molt.runner.engine;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Does the same on several hosts at once. */
record Workers(RunContext run) {
  /** Killing a script on a host takes up to two signals and a round trip each. */
  private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(6);

  /** What is done on one host. */
  @FunctionalInterface
  interface Work {
    Done on(HostRun host) throws InterruptedException;
  }

  /**
   * Fills in the results as far as there are any; an interrupt ends what is under way.
   *
   * @param throttle how many hosts at the most; 0 for as many as there are forks
   */
  void inParallel(List<HostRun> hosts, int throttle, Work work, Map<HostRun, Done> results)
      throws InterruptedException {
    Semaphore turns = new Semaphore(throttle > 0 ? throttle : Integer.MAX_VALUE);
    Map<HostRun, Future<Done>> futures = new LinkedHashMap<>();
    for (HostRun host : hosts) {
      futures.put(
          host,
          run.workers()
              .submit(
                  () -> {
                    turns.acquire();
                    try {
                      return work.on(host);
                    } finally {
                      turns.release();
                    }
                  }));
    }
    try {
      for (Map.Entry<HostRun, Future<Done>> entry : futures.entrySet()) {
        results.put(entry.getKey(), outcome(entry.getKey(), entry.getValue()));
      }
    } catch (InterruptedException e) {
      run.workers().shutdownNow();
      lastResults(futures, results);
      throw e;
    }
  }

  /** What hosts did before or while the interrupt came belongs into the report. */
  private void lastResults(Map<HostRun, Future<Done>> futures, Map<HostRun, Done> results)
      throws InterruptedException {
    run.workers().awaitTermination(INTERRUPT_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    for (Map.Entry<HostRun, Future<Done>> entry : futures.entrySet()) {
      if (!results.containsKey(entry.getKey()) && entry.getValue().isDone()) {
        try {
          results.put(entry.getKey(), outcome(entry.getKey(), entry.getValue()));
        } catch (InterruptedException cutOff) {
          // This host's task was; the report names it as begun.
        }
      }
    }
  }

  private static Done outcome(HostRun host, Future<Done> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("a task was interrupted");
      }
      return broken(host, e.getCause());
    }
  }

  /** A mistake of ours must not hide what happened on other hosts. */
  private static Done broken(HostRun host, Throwable cause) {
    if (cause instanceof DiagnosticException wrong) {
      return new Done(EngineFailure.result(host, wrong), false);
    }
    StackTraceElement[] trace = cause.getStackTrace();
    String message =
        "internal error: "
            + cause
            + (trace.length > 0 ? " at " + trace[0] : "")
            + "; please report it";
    MapValue result = MapValue.empty();
    result.put("failed", BoolValue.TRUE).put("changed", BoolValue.FALSE);
    result.put("msg", new StrValue(message));
    HostResult failed =
        new HostResult(
            host.name(),
            Optional.empty(),
            Optional.empty(),
            Status.FAILED,
            message,
            result,
            List.of(),
            List.of(),
            Duration.ZERO);
    return new Done(failed, false);
  }
}
