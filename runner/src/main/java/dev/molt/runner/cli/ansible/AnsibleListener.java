package dev.molt.runner.cli.ansible;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.BoolValue;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints a run as Ansible's default callback does. */
public final class AnsibleListener implements RunListener {
  private final DisplayOptions options;
  private final Screen screen;
  private final Banners banners;
  private final ResultLines results;
  private final Map<String, Integer> foretold = new HashMap<>();
  private boolean check;
  private boolean begun;

  /**
   * @param out for all but warnings and errors
   * @param err for those
   */
  public AnsibleListener(PrintStream out, PrintStream err, DisplayOptions options) {
    this.options = options;
    this.screen = new Screen(out, err, options);
    this.banners = new Banners(screen, options);
    this.results = new ResultLines(screen, options, banners);
  }

  /** A mistake that keeps a run from starting, in lines; the last one ends with a line break. */
  public static String words(Diagnostic diagnostic) {
    return Screen.words(diagnostic);
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.ItemFinished e) {
      results.item(e.task(), sure(e.result()));
    } else if (event instanceof RunEvent.HostFinished e) {
      HostResult result = sure(e.result());
      if (result.status() != e.result().status()) {
        foretold.merge(result.host(), 1, Integer::sum);
      }
      results.host(e.task(), result);
    } else if (event instanceof RunEvent.TaskStarted e) {
      banners.started(e.task());
    } else if (event instanceof RunEvent.HostStarted e) {
      if (options.perHostStart()) {
        String what = e.task().handler() ? "HANDLER: " : "TASK: ";
        screen.line(" [started " + what + e.task().title() + " on " + e.host() + "]", Colour.OK);
      }
    } else if (event instanceof RunEvent.Retrying e) {
      results.retrying(e);
    } else if (event instanceof RunEvent.Included e) {
      banners.before(e.task());
      screen.line(
          "included: "
              + e.what()
              + " for "
              + String.join(", ", e.hosts())
              + e.item().map(i -> " => (item=" + i + ")").orElse(""),
          Colour.INCLUDED);
    } else if (event instanceof RunEvent.Warning e) {
      screen.warning(e.diagnostic());
    } else if (event instanceof RunEvent.Deprecation e) {
      screen.deprecated(e.diagnostic().message(), e.version(), Optional.empty(), Optional.empty());
    } else if (event instanceof RunEvent.Note e) {
      if (options.verbosity() >= e.verbosity()) {
        String host = e.host().map(h -> "<" + h + "> ").orElse("");
        screen.line(host + e.message(), Colour.VERBOSE);
      }
    } else {
      seldom(event);
    }
    screen.flush();
  }

  /** Of a command with {@code creates} a check cannot know what it does, but that it changes. */
  private static HostResult sure(HostResult result) {
    return result.status() == Status.UNKNOWN && result.result().get("changed") == BoolValue.TRUE
        ? result.with(Status.CHANGED, result.message())
        : result;
  }

  private void seldom(RunEvent event) {
    if (event instanceof RunEvent.RunStarted e) {
      started(e);
    } else if (event instanceof RunEvent.PlayStarted e) {
      banners.play(e.play());
    } else if (event instanceof RunEvent.PlaySkipped e) {
      leftOut(e);
    } else if (event instanceof RunEvent.HostsSkipped e) {
      e.hosts().forEach(h -> screen.line("skipping: [" + h + "] => " + e.why(), Colour.SKIP));
    } else if (event instanceof RunEvent.NoHostsRemaining) {
      screen.banner("NO MORE HOSTS LEFT");
    } else if (event instanceof RunEvent.AsyncPolled e) {
      screen.line(
          "ASYNC POLL on " + e.host() + ": jid=" + e.job() + " started=1 finished=0", Colour.DEBUG);
    } else if (event instanceof RunEvent.AsyncFinished e) {
      String how = e.ok() ? "ASYNC OK on " : "ASYNC FAILED on ";
      screen.line(how + e.host() + ": jid=" + e.job(), Colour.DEBUG);
    } else if (event instanceof RunEvent.HandlerNotified e) {
      if (options.verbosity() > 1) {
        screen.line("NOTIFIED HANDLER " + e.handler() + " for " + e.host(), Colour.VERBOSE);
      }
    } else if (event instanceof RunEvent.RunFinished e) {
      finished(e);
    }
  }

  private void started(RunEvent.RunStarted e) {
    check = e.check();
    if (options.verbosity() > 0 && !begun) {
      screen.line(
          options
              .configFile()
              .map(f -> "Using " + f.toAbsolutePath() + " as config file")
              .orElse("No config file found; using defaults"),
          Colour.VERBOSE);
    }
    begun = true;
    if (options.verbosity() > 1) {
      screen.banner("PLAYBOOK: " + Path.of(e.playbook()).getFileName());
    }
    dryRun();
  }

  private void leftOut(RunEvent.PlaySkipped e) {
    if (e.why() != RunEvent.Omission.RUN_OVER) {
      banners.play(e.play());
    }
    if (e.why() == RunEvent.Omission.NO_HOSTS) {
      screen.line("skipping: no hosts matched", Colour.SKIP);
    } else if (e.why() == RunEvent.Omission.HOOK) {
      screen.line("skipping: " + e.reason().orElse(e.why().text()), Colour.SKIP);
    }
  }

  private void finished(RunEvent.RunFinished e) {
    List<HostSummary> hosts = e.hosts().stream().map(this::sure).toList();
    new RecapLines(screen, options).print(hosts, e.stats());
    dryRun();
    if (e.interrupted()) {
      screen.error("User interrupted execution");
    }
  }

  private HostSummary sure(HostSummary host) {
    int sure = Math.min(host.unknown(), foretold.getOrDefault(host.host(), 0));
    return new HostSummary(
        host.host(),
        host.ok() + sure,
        host.changed() + sure,
        host.unknown() - sure,
        host.unreachable(),
        host.failed(),
        host.skipped(),
        host.rescued(),
        host.ignored());
  }

  private void dryRun() {
    if (check && options.checkMarkers()) {
      screen.banner("DRY RUN");
    }
  }
}
