package dev.molt.runner.cli;

import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.module.Effect.ServiceEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works out how long services were down: from the moment a host's unit was stopped to the moment it
 * was running again, by the controller's clock. Where a playbook waits for the service right after
 * the start ({@code wait_for}), that is the moment it served again. Ignores checks.
 */
final class Downtime {
  private final Map<String, Map<String, Outage>> units = new LinkedHashMap<>();
  private boolean check;
  private Instant taskStart = Instant.EPOCH;

  private static final class Outage {
    private Instant stopped;
    private Instant started;
    private int waitTask;
  }

  /**
   * One unit's outage.
   *
   * @param everywhere how long it ran on none of the hosts; empty if one always ran, or none runs
   * @param hosts how long it was down on each; empty for one that is down still
   */
  record Report(
      String unit, Optional<Duration> everywhere, Map<String, Optional<Duration>> hosts) {}

  void on(RunEvent event) {
    if (event instanceof RunEvent.RunStarted e) {
      check = e.check();
    } else if (event instanceof RunEvent.TaskStarted e) {
      taskStart = e.at();
    } else if (event instanceof RunEvent.HostFinished e && !check) {
      HostResult result = e.result();
      for (var effect : result.effects()) {
        if (effect instanceof ServiceEffect service) {
          note(service, result, e.at());
        }
      }
      if (e.task().module().equals("wait_for") && !result.status().bad()) {
        serves(result, e);
      }
    }
  }

  /** The first wait after a start is for the service; a later one finds it serving. */
  private void serves(HostResult result, RunEvent.HostFinished event) {
    for (Map<String, Outage> outages : units.values()) {
      Outage outage = outages.get(result.delegate().orElse(result.host()));
      if (outage != null && outage.started != null && outage.waitTask == 0) {
        outage.waitTask = event.task().id();
        outage.started = end(result, event.at());
      }
    }
  }

  private Instant end(HostResult result, Instant finished) {
    Instant end = taskStart.plus(result.took());
    return end.isBefore(finished) ? end : finished;
  }

  private void note(ServiceEffect service, HostResult result, Instant finished) {
    Instant end =
        taskStart.plus(result.took()).isBefore(finished) ? taskStart.plus(result.took()) : finished;
    Outage outage =
        units
            .computeIfAbsent(service.unit(), u -> new LinkedHashMap<>())
            .computeIfAbsent(result.delegate().orElse(result.host()), h -> new Outage());
    if (!service.running() && outage.stopped == null) {
      outage.stopped = taskStart;
    } else if (!service.running()) {
      outage.started = null;
    } else if (outage.stopped != null) {
      outage.started = end;
      outage.waitTask = 0;
    }
  }

  List<Report> reports() {
    List<Report> reports = new ArrayList<>();
    units.forEach(
        (unit, outages) -> {
          Map<String, Optional<Duration>> hosts = new LinkedHashMap<>();
          Instant lastStop = Instant.MIN;
          Instant firstStart = Instant.MAX;
          for (Map.Entry<String, Outage> entry : outages.entrySet()) {
            Outage o = entry.getValue();
            if (o.stopped == null) {
              continue;
            }
            lastStop = o.stopped.isAfter(lastStop) ? o.stopped : lastStop;
            if (o.started == null) {
              hosts.put(entry.getKey(), Optional.empty());
            } else {
              firstStart = o.started.isBefore(firstStart) ? o.started : firstStart;
              hosts.put(entry.getKey(), Optional.of(Duration.between(o.stopped, o.started)));
            }
          }
          if (!hosts.isEmpty()) {
            boolean known = firstStart.isBefore(Instant.MAX) && firstStart.isAfter(lastStop);
            reports.add(
                new Report(
                    unit,
                    known ? Optional.of(Duration.between(lastStop, firstStart)) : Optional.empty(),
                    hosts));
          }
        });
    return reports;
  }
}
