package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.Effect.ServiceEffect;
import dev.molt.runner.module.FieldDiff;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is printed of a run. */
class ConsoleTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ConsoleListener console =
      new ConsoleListener(
          new PrintStream(bytes, true, StandardCharsets.UTF_8),
          new Style(false, false),
          0,
          true,
          false);
  private int tasks;

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static HostResult result(
      String host,
      Status status,
      String message,
      List<FieldDiff> diffs,
      List<Effect> effects,
      int took) {
    return new HostResult(
        host,
        Optional.empty(),
        Optional.empty(),
        status,
        message,
        MapValue.empty().put("stdout", new StrValue(status.bad() ? "its output" : "")),
        diffs,
        effects,
        Duration.ofSeconds(took));
  }

  private void task(String name, String module, int from, int to, HostResult... results) {
    TaskInfo info = new TaskInfo(++tasks, name, module, "play.yml:" + tasks, false);
    console.on(new RunEvent.TaskStarted(at(from), info, List.of()));
    for (HostResult result : results) {
      console.on(new RunEvent.HostFinished(at(to), info, result));
    }
    console.on(new RunEvent.TaskFinished(at(to), info, Duration.ofSeconds(to - from)));
  }

  private static HostResult unit(String host, boolean running, int took) {
    return result(
        host,
        Status.CHANGED,
        "",
        List.of(
            FieldDiff.of(
                "tegu", "state", running ? "inactive" : "active", running ? "active" : "inactive")),
        List.of(new ServiceEffect("tegu.service", running)),
        took);
  }

  @Test
  void tellsOfChangesFailuresAndDowntime() {
    console.on(new RunEvent.RunStarted(at(0), "play.yml", false));
    console.on(
        new RunEvent.PlayStarted(
            at(0),
            new RunEvent.PlayInfo("Upgrade", "linear", false),
            List.of("n1", "n2", "n3"),
            1,
            1));
    task("Stop", "service", 10, 15, unit("n1", false, 3), unit("n2", false, 5));
    task(
        "Write",
        "copy",
        15,
        16,
        result(
            "n1",
            Status.CHANGED,
            "",
            List.of(FieldDiff.of("/f", "content", "a\nb\n", "a\nc\n")),
            List.of(),
            1),
        result("n2", Status.FAILED, "no space left", List.of(), List.of(), 1),
        result("n3", Status.SKIPPED, "", List.of(), List.of(), 0));
    task("Start", "service", 20, 24, unit("n1", true, 2));
    task("Serves", "wait_for", 24, 30, result("n1", Status.OK, "", List.of(), List.of(), 6));
    console.on(new RunEvent.PlayStopped(at(30), "stopped, because n2 failed", List.of("n3")));
    console.on(
        new RunEvent.RunFinished(
            at(30),
            Duration.ofSeconds(75),
            List.of(
                new HostSummary("n1", 4, 3, 0, 0, 0, 0, 0, 0),
                new HostSummary("n2", 1, 1, 0, 0, 1, 0, 0, 0)),
            false));
    assertThat(bytes.toString(StandardCharsets.UTF_8).replaceAll(" +\n", "\n"))
        .isEqualTo(
            """

            PLAY Upgrade  n1-n3
              changed     Stop                                                 n1, n2  5.0 s
                  tegu state: active -> inactive
              changed     Write                                                n1  1.0 s
                  /f content
                  @@ line 1 @@
                   a
                  -b
                  +c
              FAILED                                                           n2
                  no space left
                  stdout | its output
                  at play.yml:2
              skipped                                                          n3
              changed     Start                                                n1  4.0 s
                  tegu state: inactive -> active
              ok          Serves                                               n1  6.0 s
              STOPPED  n3: stopped, because n2 failed

            RECAP  1 min 15 s
              n1  ok 4  changed 3
              n2  ok 1  changed 1  failed 1
              tegu.service was down everywhere for 20.0 s; by host: n1 20.0 s, n2 STILL DOWN
              failed: Write (play.yml:2) on n2
              the run failed
            """);
  }

  @Test
  void tellsOfIncludesHandlersRescuesAndLoops() {
    RunEvent.PlayInfo play = new RunEvent.PlayInfo("Mail", "free", false);
    console.on(new RunEvent.PlayStarted(at(0), play, List.of("n1", "n2", "n3"), 1, 1));
    TaskInfo include = new TaskInfo(1, "more", "include_tasks", "play.yml:1", false);
    console.on(new RunEvent.TaskStarted(at(0), include, List.of("n1", "n2")));
    console.on(finished(include, result("n1", Status.OK, "", List.of(), List.of(), 0)));
    console.on(new RunEvent.TaskFinished(at(0), include, Duration.ZERO));
    console.on(
        new RunEvent.Included(
            at(0), include, "more.yml", Optional.of("x"), List.of("n1", "n2", "n3")));
    TaskInfo first =
        new TaskInfo(2, "Try", "command", "more.yml:3", false).inRole(Optional.of("mail"));
    TaskInfo handler = new TaskInfo(3, "Restart", "service", "h.yml:1", true);
    // Two tasks at once: each host's result stays with its own.
    console.on(new RunEvent.TaskStarted(at(1), first, List.of("n1")));
    console.on(new RunEvent.TaskStarted(at(1), handler, List.of("n2")));
    console.on(finished(first, result("n1", Status.FAILED, "no", List.of(), List.of(), 0)));
    console.on(finished(handler, result("n2", Status.FAILED, "bad", List.of(), List.of(), 0)));
    console.on(new RunEvent.TaskFinished(at(2), first, Duration.ofSeconds(1)));
    console.on(new RunEvent.Rescuing(at(2), first, List.of("n1")));
    console.on(new RunEvent.TaskFinished(at(3), handler, Duration.ofSeconds(2)));
    console.on(new RunEvent.Note(at(3), 1, Optional.empty(), "not without -v"));
    TaskInfo debug = new TaskInfo(4, "Say", "debug", "play.yml:9", false).looping(true);
    HostResult items =
        new HostResult(
            "n1",
            Optional.empty(),
            Optional.empty(),
            Status.OK,
            "",
            (MapValue)
                Json.parse(
                    "{\"msg\": \"All items completed\", \"results\": [{\"msg\": \"one\"},"
                        + " {\"skipped\": true, \"item\": 2}, {\"var\": [3], \"item\": 3,"
                        + " \"_ansible_verbose_always\": true}], \"warnings\": [\"careful\"]}"),
            List.of(),
            List.of(),
            Duration.ZERO);
    console.on(finished(debug, items));
    console.on(new RunEvent.TaskFinished(at(4), debug, Duration.ofSeconds(1)));
    console.on(
        new RunEvent.RunFinished(
            at(5),
            Duration.ofSeconds(5),
            List.of(
                new HostSummary("n1", 1, 0, 0, 0, 0, 0, 1, 0),
                new HostSummary("n2", 0, 0, 0, 0, 1, 0, 0, 0)),
            false,
            Optional.empty(),
            Map.of("_run", MapValue.empty().put("moved", new StrValue("3")))));
    assertThat(bytes.toString(StandardCharsets.UTF_8).replaceAll(" +\n", "\n"))
        .isEqualTo(
            """

            PLAY Mail  n1-n3
              included    more.yml (item x)                                    n1-n3
              FAILED      mail : Try                                           n1  1.0 s
                  no
                  stdout | its output
                  at more.yml:3
              rescue      after mail : Try                                     n1
              FAILED      handler: Restart                                     n2  2.0 s
                  bad
                  stdout | its output
                  at h.yml:1
              ok          Say                                                  n1  1.0 s
                  one
                  var: [3]
                  warning: careful

            RECAP  5.0 s
              n1  ok 1  rescued 1
              n2  ok 0  failed 1
              stats: {"moved": "3"}
              failed: Restart (h.yml:1) on n2
              the run failed
            """);
  }

  @Test
  void whatIsAtWorkStandsOnTheLastLineUntilThereIsMoreToSay() {
    ByteArrayOutputStream live = new ByteArrayOutputStream();
    ConsoleListener terminal =
        new ConsoleListener(
            new PrintStream(live, true, StandardCharsets.UTF_8),
            new Style(false, true),
            0,
            false,
            false);
    TaskInfo info = new TaskInfo(1, "Wait", "command", "play.yml:1", false);
    terminal.on(new RunEvent.TaskStarted(at(0), info, List.of("n1")));
    terminal.on(new RunEvent.HostStarted(at(0), info, "n1"));
    terminal.on(new RunEvent.Note(at(0), 1, Optional.empty(), "not without -v"));
    terminal.on(finished(info, result("n1", Status.OK, "", List.of(), List.of(), 1)));
    assertThat(live.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[K  ...  Wait  n1");
    terminal.on(new RunEvent.TaskFinished(at(1), info, Duration.ofSeconds(1)));
    assertThat(live.toString(StandardCharsets.UTF_8)).contains("n1\r\u001b[K  ok          Wait");
  }

  private static RunEvent finished(TaskInfo task, HostResult result) {
    return new RunEvent.HostFinished(at(0), task, result);
  }

  @Test
  void aServiceThatSomeNodeAlwaysRanWasNeverDownEverywhere() {
    Downtime downtime = new Downtime();
    downtime.on(new RunEvent.RunStarted(at(0), "p", false));
    TaskInfo info = new TaskInfo(1, "t", "service", "p:1", false);
    downtime.on(new RunEvent.TaskStarted(at(1), info, List.of()));
    downtime.on(new RunEvent.HostFinished(at(2), info, unit("n1", false, 1)));
    downtime.on(new RunEvent.TaskStarted(at(3), info, List.of()));
    downtime.on(new RunEvent.HostFinished(at(5), info, unit("n1", true, 2)));
    downtime.on(new RunEvent.TaskStarted(at(6), info, List.of()));
    downtime.on(new RunEvent.HostFinished(at(7), info, unit("n2", false, 1)));
    downtime.on(new RunEvent.TaskStarted(at(8), info, List.of()));
    downtime.on(new RunEvent.HostFinished(at(9), info, unit("n2", true, 1)));
    Downtime.Report report = downtime.reports().get(0);
    assertThat(report.everywhere()).isEmpty();
    assertThat(report.hosts())
        .containsEntry("n1", Optional.of(Duration.ofSeconds(4)))
        .containsEntry("n2", Optional.of(Duration.ofSeconds(3)));
  }

  @Test
  void aCheckHasNoDowntime() {
    Downtime downtime = new Downtime();
    downtime.on(new RunEvent.RunStarted(at(0), "p", true));
    TaskInfo info = new TaskInfo(1, "t", "service", "p:1", false);
    downtime.on(new RunEvent.HostFinished(at(2), info, unit("n1", false, 1)));
    assertThat(downtime.reports()).isEmpty();
  }
}
