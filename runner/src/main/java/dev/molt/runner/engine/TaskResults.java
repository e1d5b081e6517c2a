package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.engine.HostRun.Failure;
import dev.molt.runner.engine.HostRun.State;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.InternalKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes note of what a task came to on a host: registers, counts, notifies, sets facts. */
record TaskResults(PlayContext play, Handlers handlers) {
  private RunContext run() {
    return play.run();
  }

  /**
   * Takes a result.
   *
   * @param standsFor the hosts that get what was found and set: all, for a run_once task
   */
  void take(
      Task task, Frame frame, TaskInfo info, HostRun worker, Done done, List<HostRun> standsFor) {
    HostResult judged = judged(frame, worker, done.result());
    complete(judged, done.result().status() == Status.FAILED);
    new FoundFacts(play, task, frame, info.module(), worker).take(judged, standsFor);
    for (HostRun host : standsFor) {
      host.facts().putAll(done.unknownFacts());
      register(frame, host, judged);
    }
    if (!done.notifies().isEmpty() && BoolValue.TRUE.equals(judged.result().get("changed"))) {
      judged = notified(frame, standsFor, judged, done.notifies());
    }
    EngineChange.take(run(), done.changes());
    worker.count(judged.status(), BoolValue.TRUE.equals(judged.result().get("changed")));
    if (judged.status().bad()) {
      Failure failure = new Failure(info, InternalKeys.strip(judged.result()));
      State state = judged.status() == Status.FAILED ? State.FAILED : State.UNREACHABLE;
      worker.fail(state, failure);
      for (HostRun host : standsFor) {
        if (host.active()) {
          host.stop(failure);
        }
      }
      FailureHooks.tell(play, frame, info, worker, judged);
    }
    run()
        .events()
        .publish(new RunEvent.HostFinished(Instant.now(), info, done.with(judged).shown()));
  }

  private HostResult notified(
      Frame frame, List<HostRun> hosts, HostResult result, List<String> names) {
    for (HostRun host : hosts) {
      Variables variables = play.variables(host, frame);
      List<String> unknown = handlers.notify(names, host, variables);
      if (!unknown.isEmpty()) {
        Diagnostic problem = noSuchHandler(frame, unknown.get(0), variables);
        if (!run().options().settings().get(RunSettings.ERROR_ON_MISSING_HANDLER)) {
          run().warn(problem);
          continue;
        }
        DiagnosticException e = problem.asException();
        result
            .result()
            .put("failed", BoolValue.TRUE)
            .put("msg", new StrValue(EngineFailure.plain(e)));
        return result.with(Status.FAILED, EngineFailure.message(e)).withErrors(e.diagnostics());
      }
    }
    return result;
  }

  private Diagnostic noSuchHandler(Frame frame, String name, Variables variables) {
    List<String> known = new ArrayList<>(handlers.known(variables));
    return Diagnostic.error(
            frame.find("notify").orElseThrow().position(),
            "The requested handler '"
                + name
                + "' was not found in either the main handlers list nor in the listening handlers"
                + " list")
        .withHint(
            Suggestions.hint(name, known)
                .orElse("handlers of this play: " + String.join(", ", known)));
  }

  private HostResult judged(Frame frame, HostRun host, HostResult result) {
    if (!result.status().bad()) {
      return result;
    }
    Variables variables = play.variables(host, frame);
    TaskKeywords keywords = new TaskKeywords(run(), frame);
    String ignore = result.status() == Status.FAILED ? "ignore_errors" : "ignore_unreachable";
    try {
      return keywords.flagOr(ignore, variables, false)
          ? result.with(Status.IGNORED, result.message())
          : result;
    } catch (DiagnosticException e) {
      return result
          .with(result.status(), result.message() + "\n" + EngineFailure.message(e))
          .withErrors(e.diagnostics());
    }
  }

  /** Fills in the keys that every registered variable has. */
  private static void complete(HostResult result, boolean failed) {
    MapValue keys = result.result();
    if (!keys.has("changed")) {
      keys.put("changed", BoolValue.FALSE);
    }
    if (!keys.has("failed") && !keys.has("unreachable") && result.status() != Status.SKIPPED) {
      keys.put("failed", BoolValue.of(failed));
    }
  }

  private void register(Frame frame, HostRun host, HostResult result) {
    frame
        .keywords()
        .get("register")
        .ifPresent(
            n ->
                host.facts()
                    .put(
                        Python.str(run().templar().resolve(n, play.variables(host, frame))),
                        Snapshot.of(InternalKeys.strip(result.result()))));
  }

  /** What a result says of facts, over all its items. */
  static Map<String, Value> facts(MapValue result) {
    Map<String, Value> facts = new LinkedHashMap<>();
    if (result.get("results") instanceof ListValue list) {
      for (Value item : list.items()) {
        if (item instanceof MapValue map && map.get("ansible_facts") instanceof MapValue given) {
          given.entries().forEach((k, v) -> facts.put(Python.str(k), Snapshot.of(v)));
        }
      }
    }
    if (result.get("ansible_facts") instanceof MapValue given) {
      given.entries().forEach((k, v) -> facts.put(Python.str(k), Snapshot.of(v)));
    }
    return facts;
  }
}
