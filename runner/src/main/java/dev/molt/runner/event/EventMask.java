package dev.molt.runner.event;

import dev.molt.runner.event.RunEvent.HostFinished;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.ItemFinished;
import dev.molt.runner.event.RunEvent.PlaySkipped;
import dev.molt.runner.event.RunEvent.PlayStarted;
import dev.molt.runner.event.RunEvent.PlayStopped;
import dev.molt.runner.event.RunEvent.Progress;
import dev.molt.runner.event.RunEvent.Retrying;
import dev.molt.runner.event.RunEvent.TaskFinished;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.event.RunEvent.TaskStarted;
import dev.molt.runner.module.FieldDiff;

/** Takes the secrets out of events. */
final class EventMask {
  private EventMask() {}

  static RunEvent mask(RunEvent event, Secrets secrets) {
    if (event instanceof HostFinished e) {
      return new HostFinished(e.at(), mask(e.task(), secrets), mask(e.result(), secrets));
    } else if (event instanceof ItemFinished e) {
      return new ItemFinished(e.at(), mask(e.task(), secrets), mask(e.result(), secrets));
    } else if (event instanceof TaskStarted e) {
      return new TaskStarted(e.at(), mask(e.task(), secrets), e.hosts());
    } else if (event instanceof PlayStarted e) {
      return new PlayStarted(e.at(), secrets.mask(e.name()), e.hosts(), e.batch(), e.batches());
    } else if (event instanceof Progress e) {
      return new Progress(e.at(), mask(e.task(), secrets), e.host(), secrets.mask(e.message()));
    } else if (event instanceof TaskFinished e) {
      return new TaskFinished(e.at(), mask(e.task(), secrets), e.took());
    } else if (event instanceof Retrying e) {
      return new Retrying(e.at(), mask(e.task(), secrets), e.host(), e.attempt(), e.attempts());
    } else if (event instanceof PlaySkipped e) {
      return new PlaySkipped(e.at(), secrets.mask(e.name()), e.reason());
    } else if (event instanceof PlayStopped e) {
      return new PlayStopped(e.at(), secrets.mask(e.reason()), e.hosts());
    }
    return event;
  }

  private static TaskInfo mask(TaskInfo task, Secrets secrets) {
    return new TaskInfo(
        task.id(), secrets.mask(task.name()), task.module(), task.position(), task.handler());
  }

  private static HostResult mask(HostResult r, Secrets secrets) {
    return new HostResult(
        r.host(),
        r.item().map(secrets::mask),
        r.delegate(),
        r.status(),
        secrets.mask(r.message()),
        secrets.mask(r.result()),
        r.diffs().stream().map(d -> mask(d, secrets)).toList(),
        r.effects(),
        r.took());
  }

  private static FieldDiff mask(FieldDiff d, Secrets secrets) {
    if (d.sensitive()) {
      return new FieldDiff(d.subject(), d.field(), Secrets.MASK, Secrets.MASK, true);
    }
    return new FieldDiff(
        d.subject(), d.field(), secrets.mask(d.before()), secrets.mask(d.after()), false);
  }
}
