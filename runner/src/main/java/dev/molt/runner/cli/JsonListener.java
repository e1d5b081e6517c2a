package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.RunEvent.PlayInfo;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.event.RunListener;
import dev.molt.runner.event.ShownValues;
import dev.molt.runner.module.FieldDiff;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Prints a run for programs: one JSON object a line for each event (docs/output.md). */
final class JsonListener implements RunListener {
  private final PrintStream out;

  JsonListener(PrintStream out) {
    this.out = out;
  }

  @Override
  public void on(RunEvent event) {
    MapValue line = MapValue.empty();
    line.put("event", text(name(event))).put("at", text(event.at().toString()));
    if (event instanceof RunEvent.HostFinished e) {
      line.put("task", task(e.task())).entries().putAll(result(e.result()).entries());
    } else if (event instanceof RunEvent.ItemFinished e) {
      line.put("task", task(e.task())).entries().putAll(result(e.result()).entries());
    } else if (event instanceof RunEvent.TaskStarted e) {
      line.put("task", task(e.task())).put("hosts", texts(e.hosts()));
    } else if (event instanceof RunEvent.HostStarted e) {
      line.put("task", task(e.task())).put("host", text(e.host()));
    } else if (event instanceof RunEvent.TaskFinished e) {
      line.put("task", task(e.task())).put("took", seconds(e.took()));
    } else if (event instanceof RunEvent.Progress e) {
      line.put("task", task(e.task())).put("host", text(e.host()));
      line.put("message", text(e.message()));
    } else if (event instanceof RunEvent.Retrying e) {
      line.put("task", task(e.task())).entries().putAll(result(e.result()).entries());
      line.put("attempt", Value.of(e.attempt())).put("attempts", Value.of(e.attempts()));
    } else if (event instanceof RunEvent.AsyncPolled e) {
      line.put("task", task(e.task())).put("host", text(e.host())).put("job", text(e.job()));
    } else if (event instanceof RunEvent.AsyncFinished e) {
      line.put("task", task(e.task())).put("host", text(e.host())).put("job", text(e.job()));
      line.put("ok", Value.of(e.ok()));
    } else if (event instanceof RunEvent.Included e) {
      line.put("task", task(e.task())).put("what", text(e.what()));
      put(line, "item", e.item());
      line.put("hosts", texts(e.hosts()));
    } else if (event instanceof RunEvent.PointOfNoReturn e) {
      line.put("task", task(e.task())).put("hosts", texts(e.hosts()));
    } else if (event instanceof RunEvent.Rescuing e) {
      line.put("task", task(e.task())).put("hosts", texts(e.hosts()));
    } else {
      ofRun(event, line);
    }
    out.println(Json.write(line, Json.Options.COMPACT));
    out.flush();
  }

  private static void ofRun(RunEvent event, MapValue line) {
    if (event instanceof RunEvent.RunStarted e) {
      line.put("playbook", text(e.playbook())).put("check", Value.of(e.check()));
    } else if (event instanceof RunEvent.PlayStarted e) {
      line.put("play", play(e.play())).put("hosts", texts(e.hosts()));
      line.put("batch", Value.of(e.batch())).put("batches", Value.of(e.batches()));
    } else if (event instanceof RunEvent.PlaySkipped e) {
      line.put("play", play(e.play())).put("why", word(e.why()));
      put(line, "reason", e.reason());
    } else if (event instanceof RunEvent.HostsSkipped e) {
      line.put("reason", text(e.reason())).put("hosts", texts(e.hosts()));
    } else if (event instanceof RunEvent.PlayStopped e) {
      line.put("reason", text(e.reason())).put("hosts", texts(e.hosts()));
    } else if (event instanceof RunEvent.HandlerNotified e) {
      line.put("handler", text(e.handler())).put("host", text(e.host()));
    } else if (event instanceof RunEvent.Warning e) {
      line.put("diagnostic", diagnostic(e.diagnostic()));
    } else if (event instanceof RunEvent.Deprecation e) {
      line.put("diagnostic", diagnostic(e.diagnostic()));
      put(line, "version", e.version());
    } else if (event instanceof RunEvent.Note e) {
      line.put("verbosity", Value.of(e.verbosity()));
      put(line, "host", e.host());
      line.put("message", text(e.message()));
    } else if (event instanceof RunEvent.RunFinished e) {
      line.put("took", seconds(e.took())).put("interrupted", Value.of(e.interrupted()));
      put(line, "error", e.error());
      line.put("hosts", list(e.hosts(), JsonListener::summary));
      MapValue stats = MapValue.empty();
      e.stats().forEach(stats::put);
      line.put("stats", stats);
    }
  }

  /** {@code HostFinished} is {@code host_finished}. */
  private static String name(RunEvent event) {
    String name = event.getClass().getSimpleName();
    return name.replaceAll("(?<=[a-z])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static MapValue play(PlayInfo play) {
    return MapValue.empty()
        .put("name", text(play.name()))
        .put("strategy", text(play.strategy()))
        .put("check", Value.of(play.check()));
  }

  private static MapValue task(TaskInfo task) {
    MapValue map = MapValue.empty();
    map.put("id", Value.of(task.id())).put("name", text(task.name()));
    put(map, "role", task.role());
    map.put("action", text(task.module())).put("position", text(task.position()));
    map.put("handler", Value.of(task.handler())).put("loop", Value.of(task.loop()));
    return map.put("check", Value.of(task.check()));
  }

  private static MapValue result(HostResult r) {
    MapValue map = MapValue.empty().put("host", text(r.host()));
    put(map, "item", r.item());
    put(map, "delegate", r.delegate());
    put(map, "delegate_address", r.delegateAddress());
    map.put("status", word(r.status())).put("message", text(r.message()));
    map.put("result", ShownValues.of(r.result()));
    map.put("diffs", list(r.diffs(), JsonListener::diff));
    map.put("errors", list(r.errors(), JsonListener::diagnostic));
    return map.put("hidden", Value.of(r.hidden())).put("took", seconds(r.took()));
  }

  private static MapValue diff(FieldDiff d) {
    return MapValue.empty()
        .put("subject", text(d.subject()))
        .put("field", text(d.field()))
        .put("before", text(d.before()))
        .put("after", text(d.after()));
  }

  private static MapValue diagnostic(Diagnostic d) {
    MapValue map = MapValue.empty().put("severity", word(d.severity()));
    map.put("message", text(d.message()));
    d.position()
        .ifPresent(
            p -> {
              map.put("file", text(p.source().name()));
              map.put("line", Value.of(p.line())).put("column", Value.of(p.column()));
            });
    put(map, "hint", d.hint());
    return map;
  }

  private static MapValue summary(HostSummary h) {
    return MapValue.empty()
        .put("host", text(h.host()))
        .put("ok", Value.of(h.ok()))
        .put("changed", Value.of(h.changed()))
        .put("unknown", Value.of(h.unknown()))
        .put("unreachable", Value.of(h.unreachable()))
        .put("failed", Value.of(h.failed()))
        .put("skipped", Value.of(h.skipped()))
        .put("rescued", Value.of(h.rescued()))
        .put("ignored", Value.of(h.ignored()));
  }

  private static Value text(String text) {
    return new StrValue(text);
  }

  private static Value word(Enum<?> constant) {
    return text(constant.name().toLowerCase(Locale.ROOT));
  }

  private static Value texts(List<String> texts) {
    return ListValue.ofStrings(texts);
  }

  private static Value seconds(Duration took) {
    return Value.of(took.toMillis() / 1000.0);
  }

  private static <T> Value list(List<T> items, Function<T, Value> toValue) {
    return ListValue.of(items.stream().map(toValue).toList());
  }

  private static void put(MapValue map, String key, Optional<String> value) {
    value.ifPresent(v -> map.put(key, text(v)));
  }
}
