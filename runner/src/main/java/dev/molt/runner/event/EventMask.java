package dev.molt.runner.event;

import dev.molt.dsl.value.MapValue;
import dev.molt.runner.event.RunEvent.AsyncFinished;
import dev.molt.runner.event.RunEvent.AsyncPolled;
import dev.molt.runner.event.RunEvent.Deprecation;
import dev.molt.runner.event.RunEvent.HandlerNotified;
import dev.molt.runner.event.RunEvent.HostFinished;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.HostStarted;
import dev.molt.runner.event.RunEvent.HostsSkipped;
import dev.molt.runner.event.RunEvent.Included;
import dev.molt.runner.event.RunEvent.ItemFinished;
import dev.molt.runner.event.RunEvent.Note;
import dev.molt.runner.event.RunEvent.PlayInfo;
import dev.molt.runner.event.RunEvent.PlaySkipped;
import dev.molt.runner.event.RunEvent.PlayStarted;
import dev.molt.runner.event.RunEvent.PlayStopped;
import dev.molt.runner.event.RunEvent.PointOfNoReturn;
import dev.molt.runner.event.RunEvent.Progress;
import dev.molt.runner.event.RunEvent.Rescuing;
import dev.molt.runner.event.RunEvent.Retrying;
import dev.molt.runner.event.RunEvent.RunFinished;
import dev.molt.runner.event.RunEvent.TaskFinished;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.event.RunEvent.TaskStarted;
import dev.molt.runner.event.RunEvent.Warning;
import dev.molt.runner.module.FieldDiff;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes the secrets out of events. */
final class EventMask {
  private final Secrets secrets;

  private EventMask(Secrets secrets) {
    this.secrets = secrets;
  }

  static RunEvent mask(RunEvent event, Secrets secrets) {
    EventMask mask = new EventMask(secrets);
    return event instanceof HostFinished
            || event instanceof ItemFinished
            || event instanceof Progress
            || event instanceof Retrying
            || event instanceof Included
            || event instanceof AsyncPolled
            || event instanceof AsyncFinished
        ? mask.onHost(event)
        : mask.ofRun(event);
  }

  private RunEvent onHost(RunEvent event) {
    if (event instanceof HostFinished e) {
      return new HostFinished(e.at(), task(e.task()), result(e.result()));
    } else if (event instanceof ItemFinished e) {
      return new ItemFinished(e.at(), task(e.task()), result(e.result()));
    } else if (event instanceof Progress e) {
      return new Progress(e.at(), task(e.task()), e.host(), secrets.mask(e.message()));
    } else if (event instanceof Retrying e) {
      return new Retrying(e.at(), task(e.task()), result(e.result()), e.attempt(), e.attempts());
    } else if (event instanceof Included e) {
      return new Included(
          e.at(), task(e.task()), secrets.mask(e.what()), e.item().map(secrets::mask), e.hosts());
    } else if (event instanceof AsyncPolled e) {
      return new AsyncPolled(e.at(), task(e.task()), e.host(), e.job());
    } else if (event instanceof AsyncFinished e) {
      return new AsyncFinished(e.at(), task(e.task()), e.host(), e.job(), e.ok());
    }
    return event;
  }

  private RunEvent ofRun(RunEvent event) {
    if (event instanceof PlayStarted e) {
      return new PlayStarted(e.at(), play(e.play()), e.hosts(), e.batch(), e.batches());
    } else if (event instanceof PlaySkipped e) {
      return new PlaySkipped(e.at(), play(e.play()), e.why(), e.reason().map(secrets::mask));
    } else if (event instanceof HostsSkipped e) {
      return new HostsSkipped(e.at(), secrets.mask(e.reason()), e.hosts());
    } else if (event instanceof PlayStopped e) {
      return new PlayStopped(e.at(), secrets.mask(e.reason()), e.hosts());
    } else if (event instanceof TaskStarted e) {
      return new TaskStarted(e.at(), task(e.task()), e.hosts());
    } else if (event instanceof HostStarted e) {
      return new HostStarted(e.at(), task(e.task()), e.host());
    } else if (event instanceof TaskFinished e) {
      return new TaskFinished(e.at(), task(e.task()), e.took());
    } else if (event instanceof Rescuing e) {
      return new Rescuing(e.at(), task(e.task()), e.hosts());
    } else if (event instanceof PointOfNoReturn e) {
      return new PointOfNoReturn(e.at(), task(e.task()), e.hosts());
    } else if (event instanceof HandlerNotified e) {
      return new HandlerNotified(e.at(), secrets.mask(e.handler()), e.host());
    } else if (event instanceof Warning e) {
      return new Warning(e.at(), DiagnosticMask.mask(e.diagnostic(), secrets));
    } else if (event instanceof Deprecation e) {
      return new Deprecation(e.at(), DiagnosticMask.mask(e.diagnostic(), secrets), e.version());
    } else if (event instanceof Note e) {
      return new Note(e.at(), e.verbosity(), e.host(), secrets.mask(e.message()));
    } else if (event instanceof RunFinished e) {
      Optional<String> error = e.error().map(secrets::mask);
      return new RunFinished(e.at(), e.took(), e.hosts(), e.interrupted(), error, stats(e.stats()));
    }
    return event;
  }

  private PlayInfo play(PlayInfo play) {
    return new PlayInfo(secrets.mask(play.name()), play.strategy(), play.check());
  }

  private TaskInfo task(TaskInfo task) {
    return new TaskInfo(
        task.id(),
        secrets.mask(task.name()),
        task.role().map(secrets::mask),
        task.module(),
        task.position(),
        task.handler(),
        task.loop(),
        task.check(),
        task.diff(),
        secrets.mask(task.arguments()));
  }

  private HostResult result(HostResult r) {
    return new HostResult(
        r.host(),
        r.item().map(secrets::mask),
        r.delegate().map(secrets::mask),
        r.delegateAddress().map(secrets::mask),
        r.status(),
        secrets.mask(r.message()),
        secrets.mask(r.result()),
        r.diffs().stream().map(this::diff).toList(),
        r.effects(),
        r.took(),
        r.errors().stream().map(d -> DiagnosticMask.mask(d, secrets)).toList(),
        r.hidden());
  }

  private FieldDiff diff(FieldDiff d) {
    if (d.sensitive()) {
      return new FieldDiff(secrets.mask(d.subject()), d.field(), Secrets.MASK, Secrets.MASK, true);
    }
    return new FieldDiff(
        secrets.mask(d.subject()),
        d.field(),
        secrets.mask(d.before()),
        secrets.mask(d.after()),
        false);
  }

  private Map<String, MapValue> stats(Map<String, MapValue> stats) {
    Map<String, MapValue> masked = new LinkedHashMap<>();
    stats.forEach((host, values) -> masked.put(host, secrets.mask(values)));
    return masked;
  }
}
