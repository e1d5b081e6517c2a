package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.event.EventBus;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Failures that no module reports, such as those of an include: told as those of a task. */
final class EngineFailure {
  private EngineFailure() {}

  /** The hosts fail, count and tell it, also to hooks; other hosts and the run go on. */
  static TaskInfo fail(
      PlayContext play,
      Frame frame,
      String name,
      String action,
      Position at,
      List<HostRun> hosts,
      DiagnosticException wrong) {
    TaskInfo info =
        new TaskInfo(
            play.run().taskIds().incrementAndGet(),
            name,
            action,
            at.source().name() + ":" + at.line(),
            false);
    EventBus events = play.run().events();
    events.publish(
        new RunEvent.TaskStarted(Instant.now(), info, hosts.stream().map(HostRun::name).toList()));
    fail(play, frame, info, hosts, wrong);
    events.publish(new RunEvent.TaskFinished(Instant.now(), info, Duration.ZERO));
    return info;
  }

  /** The hosts fail at a task that has begun. */
  static void fail(
      PlayContext play,
      Frame frame,
      TaskInfo info,
      List<HostRun> hosts,
      DiagnosticException wrong) {
    for (HostRun host : hosts) {
      HostResult result = result(host, wrong);
      host.count(Status.FAILED);
      host.fail(HostRun.State.FAILED, new HostRun.Failure(info, result.result()));
      FailureHooks.tell(play, frame, info, host, result);
      play.run().events().publish(new RunEvent.HostFinished(Instant.now(), info, result));
    }
  }

  /** The result of a host that has nothing to do. */
  static HostResult nothing(HostRun host) {
    return new HostResult(
        host.name(),
        Optional.empty(),
        Optional.empty(),
        Status.OK,
        "",
        MapValue.empty(),
        List.of(),
        List.of(),
        Duration.ZERO);
  }

  /** The failure as the result of a host, in other words where there are some. */
  static HostResult result(HostRun host, DiagnosticException wrong, Optional<String> words) {
    HostResult result = result(host, wrong);
    words.ifPresent(
        w -> result.result().put("msg", new StrValue(w)).put("reason", new StrValue(w)));
    return result;
  }

  /** The failure as the result of a host. */
  static HostResult result(HostRun host, DiagnosticException wrong) {
    MapValue result = MapValue.empty();
    result.put("failed", BoolValue.TRUE).put("changed", BoolValue.FALSE);
    result.put("msg", new StrValue(plain(wrong)));
    return new HostResult(
            host.name(),
            Optional.empty(),
            Optional.empty(),
            Status.FAILED,
            message(wrong),
            result,
            List.of(),
            List.of(),
            Duration.ZERO)
        .withErrors(wrong.diagnostics());
  }

  /** What is wrong without its place, for playbooks that look at {@code msg}. */
  static String plain(DiagnosticException wrong) {
    return wrong.diagnostics().stream()
        .map(Diagnostic::message)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** The same of what was collected, where it is anything. */
  static Optional<String> plain(Diagnostics wrong) {
    return wrong.hasErrors()
        ? Optional.of(plain(new DiagnosticException(wrong.all())))
        : Optional.empty();
  }

  /** The first mistake with its place, for people. */
  static String message(DiagnosticException wrong) {
    return DiagnosticFormatter.format(wrong.diagnostics().get(0)).strip();
  }
}
