package dev.molt.runner.cli.ansible;

import static dev.molt.runner.cli.ansible.Shown.NOW;
import static dev.molt.runner.cli.ansible.Shown.item;
import static dev.molt.runner.cli.ansible.Shown.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostResult;
import dev.molt.runner.event.RunEvent.HostSummary;
import dev.molt.runner.event.RunEvent.Omission;
import dev.molt.runner.event.RunEvent.PlayInfo;
import dev.molt.runner.event.RunEvent.Status;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.FieldDiff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each form of Ansible's output, letter by letter. */
class AnsibleListenerTest {
  private static final String STARS = "*".repeat(80);

  private static String banner(String title) {
    return "\n" + title + " " + STARS.substring(title.length() + 1) + "\n";
  }

  private static RunEvent end(HostSummary... hosts) {
    return new RunEvent.RunFinished(NOW, Duration.ZERO, List.of(hosts), false);
  }

  @Test
  void headingsFillTheLine() {
    Shown shown = new Shown();
    shown.on(new RunEvent.RunStarted(NOW, "site.yml", false)).play("Roll out", "linear");
    shown.start(shown.task("Unpack", "unarchive"));
    shown.start(shown.task("Stop", "service").inRole(Optional.of("mail")));
    TaskInfo handler = new TaskInfo(9, "restart", "service", "site.yml:1", true);
    shown.start(handler);
    shown.play("", "linear");
    shown.start(shown.task("x".repeat(90), "debug"));
    assertThat(shown.out())
        .isEqualTo(
            banner("PLAY [Roll out]")
                + banner("TASK [Unpack]")
                + banner("TASK [mail : Stop]")
                + banner("RUNNING HANDLER [restart]")
                + banner("PLAY")
                + "\nTASK ["
                + "x".repeat(90)
                + "] ***\n");
    assertThat(banner("PLAY [Roll out]")).hasSize(82);
  }

  @Test
  void aTerminalMakesHeadingsWiderButNeverNarrower() {
    assertThat(new Shown(Optional.of(120)).play("p", "linear").out()).hasSize(122);
    assertThat(new Shown(Optional.of(40)).play("p", "linear").out()).hasSize(82);
    assertThat(new Shown().play("日本", "linear").out()).hasSize(80);
  }

  @Test
  void resultsShowOnlyWithVerbosity() {
    String json = "{\"rc\": 0, \"changed\": true, \"failed\": false, \"_ansible_parsed\": true}";
    for (int verbosity = 0; verbosity <= 3; verbosity++) {
      Shown shown = new Shown("verbosity=" + verbosity);
      TaskInfo task = shown.task("t", "command");
      shown.play("p", "linear").start(task);
      int before = shown.out().length();
      shown.host(task, result(Status.CHANGED, json));
      assertThat(shown.out().substring(before))
          .isEqualTo(
              switch (verbosity) {
                case 0 -> "changed: [a]\n";
                case 3 -> "changed: [a] => {\n    \"changed\": true,\n    \"rc\": 0\n}\n";
                default -> "changed: [a] => {\"changed\": true, \"rc\": 0}\n";
              });
    }
  }

  @Test
  void debugShowsItsMessageAndNothingElse() {
    Shown shown = new Shown();
    TaskInfo debug = shown.task("d", "debug");
    shown.play("p", "linear").start(debug);
    int before = shown.out().length();
    shown.host(
        debug,
        result(
            Status.OK,
            "{\"msg\": [1, \"ä\"], \"changed\": false, \"_ansible_verbose_always\": true}"));
    shown.host(
        debug,
        result(
            Status.OK,
            "{\"v\": {\"b\": null, \"a\": {}}, \"changed\": false, \"failed\": false,"
                + " \"_ansible_verbose_always\": true}"));
    shown.host(debug, result(Status.SKIPPED, "{\"skipped\": true, \"skipped_reason\": \"no\"}"));
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            ok: [a] => {
                "msg": [
                    1,
                    "ä"
                ]
            }
            ok: [a] => {
                "v": {
                    "a": {},
                    "b": null
                }
            }
            skipping: [a]
            """);
  }

  @Test
  void failuresAlwaysShowTheirResult() {
    Shown shown = new Shown();
    TaskInfo task = shown.task("t", "command");
    shown.play("p", "linear").start(task);
    int before = shown.out().length();
    shown.host(
        task, result(Status.FAILED, "{\"msg\": \"no\", \"changed\": false, \"failed\": true}"));
    shown.host(
        task, result(Status.IGNORED, "{\"msg\": \"no\", \"changed\": false, \"failed\": true}"));
    String lost = "{\"msg\": \"gone\", \"changed\": false, \"unreachable\": true}";
    shown.host(task, result(Status.UNREACHABLE, lost));
    shown.host(task, result(Status.IGNORED, lost));
    shown.host(task, result(Status.SKIPPED, "{\"skipped\": true}"));
    shown.host(task, result(Status.UNKNOWN, "{\"skipped\": true}"));
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            fatal: [a]: FAILED! => {"changed": false, "msg": "no"}
            fatal: [a]: FAILED! => {"changed": false, "msg": "no"}
            ...ignoring
            fatal: [a]: UNREACHABLE! => {"changed": false, "msg": "gone", "unreachable": true}
            fatal: [a]: UNREACHABLE! => {"changed": false, "msg": "gone", "unreachable": true}
            ...ignoring
            skipping: [a]
            skipping: [a]
            """);
    assertThat(shown.err()).isEmpty();
  }

  @Test
  void failuresGoToStandardErrorWhereTheSettingSaysSo() {
    Shown shown = new Shown("display_failed_stderr=1", "show_task_path_on_failure=1");
    TaskInfo task = shown.task("t", "command");
    shown.play("p", "linear").start(task);
    shown.host(task, result(Status.IGNORED, "{\"msg\": \"no\", \"failed\": true}"));
    assertThat(shown.err()).isEqualTo("fatal: [a]: FAILED! => {\"msg\": \"no\"}\n");
    String path = Path.of("site.yml").toAbsolutePath() + ":10";
    assertThat(shown.both())
        .endsWith(
            "task path: " + path + "\nfatal: [a]: FAILED! => {\"msg\": \"no\"}\n...ignoring\n");
  }

  @Test
  void itemsHaveLinesOfTheirOwn() {
    Shown shown = new Shown();
    TaskInfo task = shown.task("t", "command").looping(true);
    shown.play("p", "linear").start(task);
    int before = shown.out().length();
    shown.item(task, item(Status.OK, "one", "{\"changed\": false, \"item\": 1}"));
    shown.item(task, item(Status.CHANGED, "two", "{\"changed\": true, \"item\": 2}"));
    shown.item(task, item(Status.SKIPPED, "three", "{\"skipped\": true, \"item\": 3}"));
    shown.item(task, item(Status.FAILED, "four", "{\"failed\": true, \"item\": 4}"));
    shown.host(
        task,
        result(
            Status.FAILED,
            "{\"failed\": true, \"msg\": \"One or more items failed\", \"results\": [1]}"));
    shown.host(
        task, result(Status.CHANGED, "{\"changed\": true, \"results\": [{\"changed\": true}]}"));
    shown.host(
        task,
        result(
            Status.IGNORED,
            "{\"failed\": true, \"msg\": \"One or more items failed\", \"results\": [1]}"));
    shown.host(
        task,
        result(
            Status.SKIPPED,
            "{\"skipped\": true, \"msg\": \"All items skipped\", \"results\": [1]}"));
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            ok: [a] => (item=one)
            changed: [a] => (item=two)
            skipping: [a] => (item=three)\s
            failed: [a] (item=four) => {"item": 4}
            ...ignoring
            skipping: [a]
            """);
  }

  @Test
  void anItemsResultFollowsItsLabel() {
    Shown shown = new Shown("verbosity=1");
    TaskInfo task = shown.task("t", "command").looping(true);
    shown.play("p", "linear").start(task);
    int before = shown.out().length();
    shown.item(task, item(Status.OK, "one", "{\"changed\": false, \"item\": 1}"));
    shown.item(task, item(Status.SKIPPED, "two", "{\"skipped\": true, \"item\": 2}"));
    shown.host(
        task,
        result(
            Status.SKIPPED,
            "{\"skipped\": true, \"msg\": \"All items skipped\", \"results\": [1]}"));
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            ok: [a] => (item=one) => {"changed": false, "item": 1}
            skipping: [a] => (item=two)  => {"item": 2}
            skipping: [a] => {"msg": "All items skipped"}
            """);
  }

  @Test
  void aLoopOfDebugTellsOfItsFailureTwice() {
    Shown shown = new Shown();
    TaskInfo task = shown.task("t", "debug").looping(true);
    shown.play("p", "linear").start(task);
    int before = shown.out().length();
    shown.item(
        task,
        item(
            Status.FAILED,
            "one",
            "{\"failed\": true, \"msg\": \"m\", \"item\": 1, \"_ansible_verbose_always\": true}"));
    shown.host(
        task,
        result(
            Status.FAILED,
            "{\"failed\": true, \"msg\": \"One or more items failed\", \"changed\": true,"
                + " \"results\": [1]}"));
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            failed: [a] (item=one) => {
                "msg": "m"
            }
            fatal: [a]: FAILED! => {"msg": "One or more items failed"}
            """);
  }

  @Test
  void aDelegateIsNamedWithItsAddress() {
    Shown shown = new Shown();
    TaskInfo task = shown.task("t", "command");
    HostResult there = result(Status.OK, Optional.empty(), Optional.of("b"), "{}");
    HostResult addressed =
        new HostResult(
            "a",
            Optional.empty(),
            Optional.of("b"),
            Optional.of("10.0.0.2"),
            Status.CHANGED,
            "",
            MapValue.empty(),
            List.of(),
            List.of(),
            Duration.ZERO,
            List.of(),
            false);
    shown.play("p", "linear").start(task).host(task, there).host(task, addressed);
    shown.host(task, result(Status.OK, Optional.empty(), Optional.of("a"), "{}"));
    assertThat(shown.out()).endsWith("ok: [a -> b]\nchanged: [a -> b(10.0.0.2)]\nok: [a]\n");
  }

  @Test
  void nothingOfAHiddenResultShows() {
    Shown shown = new Shown("verbosity=4");
    TaskInfo task = shown.task("t", "command").looping(true);
    shown.play("p", "linear").start(task);
    int before = shown.out().length();
    String json = "{\"changed\": true, \"failed\": true, \"msg\": \"word\", \"attempts\": 2}";
    shown.item(task, item(Status.FAILED, "word", json).censored());
    shown.host(
        task, result(Status.UNREACHABLE, "{\"unreachable\": true, \"msg\": \"word\"}").censored());
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            failed: [a] (item=(censored due to no_log)) => {
                "attempts": 2,
                "censored": "the output has been hidden due to the fact that 'no_log: true' was\
             specified for this result",
                "changed": true
            }
            fatal: [a]: UNREACHABLE! => {
                "censored": "the output has been hidden due to the fact that 'no_log: true' was\
             specified for this result"
            }
            """);
  }

  @Test
  void factsAreTooLongToShow() {
    Shown shown = new Shown("verbosity=2");
    TaskInfo task = shown.task("Gathering Facts", "gather_facts");
    shown.play("p", "linear").start(task);
    shown.host(task, result(Status.OK, "{\"ansible_facts\": {\"a\": 1}}"));
    assertThat(shown.out()).endsWith("ok: [a]\n");
  }

  @Test
  void includesAndRetriesAndJobs() {
    Shown shown = new Shown();
    TaskInfo include = shown.task("include_tasks", "include_tasks");
    shown.play("p", "linear").start(include);
    int before = shown.out().length();
    shown.host(include, result(Status.OK, "{\"changed\": false}"));
    shown.on(
        new RunEvent.Included(NOW, include, "/play/more.yml", Optional.empty(), List.of("a", "b")));
    shown.on(new RunEvent.Included(NOW, include, "mail", Optional.of("1"), List.of("a")));
    TaskInfo waits = shown.task("Wait", "command").inRole(Optional.of("mail"));
    TaskInfo unnamed = shown.task("command", "command").inRole(Optional.of("mail"));
    HostResult failed = result(Status.FAILED, "{\"failed\": true, \"attempts\": 1}");
    shown.on(new RunEvent.Retrying(NOW, waits, failed, 1, 4));
    shown.on(new RunEvent.Retrying(NOW, unnamed, failed, 3, 4));
    shown.on(new RunEvent.AsyncPolled(NOW, waits, "a", "j12.3"));
    shown.on(new RunEvent.AsyncFinished(NOW, waits, "a", "j12.3", true));
    shown.on(new RunEvent.AsyncFinished(NOW, waits, "a", "j12.4", false));
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            included: /play/more.yml for a, b
            included: mail for a => (item=1)
            FAILED - RETRYING: [a]: Wait (3 retries left).
            FAILED - RETRYING: [a]: mail : command (1 retries left).
            ASYNC POLL on a: jid=j12.3 started=1 finished=0
            ASYNC OK on a: jid=j12.3
            ASYNC FAILED on a: jid=j12.4
            """);
  }

  @Test
  void aRetryShowsItsResultAtTheThirdV() {
    Shown shown = new Shown("verbosity=3", "callback_format_pretty=no");
    TaskInfo waits = shown.task("Wait", "command");
    shown.play("p", "linear").start(waits);
    shown.on(new RunEvent.Retrying(NOW, waits, result(Status.FAILED, "{\"attempts\": 1}"), 1, 2));
    assertThat(shown.out())
        .endsWith("FAILED - RETRYING: [a]: Wait (1 retries left).Result was: {\"attempts\": 1}\n");
  }

  @Test
  void playsWithoutHosts() {
    Shown shown = new Shown();
    PlayInfo play = new PlayInfo("p", "linear", false);
    shown.on(new RunEvent.PlaySkipped(NOW, play, Omission.NO_HOSTS));
    shown.on(new RunEvent.PlaySkipped(NOW, play, Omission.HOSTS_FAILED));
    shown.on(new RunEvent.PlaySkipped(NOW, play, Omission.RUN_OVER));
    shown.on(new RunEvent.NoHostsRemaining(NOW));
    assertThat(shown.out())
        .isEqualTo(
            banner("PLAY [p]")
                + "skipping: no hosts matched\n"
                + banner("PLAY [p]")
                + banner("NO MORE HOSTS LEFT"));
  }

  @Test
  void whereHostsGoOnTheirOwnAHeadingComesWithItsResult() {
    Shown shown = new Shown();
    TaskInfo first = shown.task("first", "command");
    TaskInfo second = shown.task("second", "command");
    shown.play("p", "free").start(first).start(first);
    shown.host(first, result(Status.OK, "{}")).start(second);
    shown.host(first, result(Status.CHANGED, "{}"));
    shown.host(second, result(Status.OK, "{}"));
    shown.host(first, result(Status.OK, "{}"));
    assertThat(shown.out())
        .isEqualTo(
            banner("PLAY [p]")
                + banner("TASK [first]")
                + "ok: [a]\nchanged: [a]\n"
                + banner("TASK [second]")
                + "ok: [a]\n"
                + banner("TASK [first]")
                + "ok: [a]\n");
  }

  @Test
  void hiddenResultsHaveNoHeading() {
    Shown shown = new Shown("display_ok_hosts=false", "display_skipped_hosts=false");
    TaskInfo quiet = shown.task("quiet", "command");
    TaskInfo loud = shown.task("loud", "command");
    TaskInfo loop = shown.task("loop", "command").looping(true);
    TaskInfo include = shown.task("more", "include_tasks");
    shown.play("p", "linear").start(quiet).host(quiet, result(Status.OK, "{}"));
    shown.host(quiet, result(Status.SKIPPED, "{}"));
    shown.start(loud).host(loud, result(Status.CHANGED, "{}"));
    shown.start(loop).item(loop, item(Status.OK, "1", "{}"));
    shown.item(loop, item(Status.SKIPPED, "2", "{}"));
    shown.host(loop, result(Status.OK, "{\"results\": []}"));
    shown.start(include).host(include, result(Status.OK, "{}"));
    assertThat(shown.out())
        .isEqualTo(
            banner("PLAY [p]") + banner("TASK [loud]") + "changed: [a]\n" + banner("TASK [more]"));
  }

  @Test
  void theRecapCountsHostsThatDidAnything() {
    Shown shown = new Shown("show_custom_stats=1");
    shown.on(
        new RunEvent.RunFinished(
            NOW,
            Duration.ZERO,
            List.of(
                new HostSummary("web2", 10, 3, 1, 0, 0, 2, 1, 1),
                new HostSummary("idle", 0, 0, 0, 0, 0, 0, 0, 0),
                new HostSummary("a-host-with-a-very-long-name", 0, 0, 0, 1, 12, 0, 0, 0)),
            false,
            Optional.empty(),
            Map.of(
                "web2", (MapValue) Json.parse("{\"b\": [1, 2], \"a\": 1}"),
                "_run", (MapValue) Json.parse("{\"total\": 3}"))));
    assertThat(shown.out())
        .isEqualTo(
            banner("PLAY RECAP")
                + "a-host-with-a-very-long-name : ok=0    changed=0    unreachable=1    failed=12  "
                + " skipped=0    rescued=0    ignored=0   \n"
                + "web2                       : ok=10   changed=3    unreachable=0    failed=0   "
                + " skipped=3    rescued=1    ignored=1   \n\n"
                + banner("CUSTOM STATS:")
                + "\tweb2: { \"a\": 1, \"b\": [  1,  2 ]}\n"
                + "\n\tRUN: { \"total\": 3}\n\n");
    Shown without = new Shown();
    without.on(end(new HostSummary("h", 1, 0, 0, 0, 0, 0, 0, 0)));
    assertThat(without.out()).doesNotContain("CUSTOM");
  }

  @Test
  void coloursAsOnATerminal() {
    Shown shown = new Shown(Optional.of(80));
    TaskInfo task = shown.task("t", "command");
    shown.play("p", "linear").start(task).host(task, result(Status.CHANGED, "{}"));
    shown.on(end(new HostSummary("h", 1, 1, 0, 0, 0, 0, 0, 0)));
    assertThat(shown.out())
        .contains("\n\u001b[0;33mchanged: [a]\u001b[0m\n")
        .contains(
            "\n\u001b[0;33mh\u001b[0m                          : \u001b[0;32mok=1   \u001b[0m"
                + " \u001b[0;33mchanged=1   \u001b[0m unreachable=0    failed=0  ");
    assertThat(new Shown(Optional.of(80), "nocolor=1").play("p", "linear").out())
        .doesNotContain("\u001b");
    Shown forced = new Shown("force_color=1");
    forced.play("p", "linear").start(task).host(task, result(Status.OK, "{}"));
    assertThat(forced.out()).endsWith("\n\u001b[0;32mok: [a]\u001b[0m\n");
  }

  @Test
  void checkMarkersPathsAndStartsOfHosts() {
    Shown shown = new Shown("check_mode_markers=1", "show_per_host_start=1", "verbosity=2");
    TaskInfo task = shown.task("t", "command").checking(true);
    shown.on(new RunEvent.RunStarted(NOW, "plays/site.yml", true));
    shown.on(new RunEvent.PlayStarted(NOW, new PlayInfo("p", "linear", true), List.of("a"), 1, 1));
    shown.start(task).on(new RunEvent.HostStarted(NOW, task, "a"));
    shown.host(task, result(Status.SKIPPED, "{\"skipped\": true}"));
    shown.on(new RunEvent.Note(NOW, 2, Optional.empty(), "META: noop"));
    shown.on(new RunEvent.Note(NOW, 2, Optional.of("a"), "connected"));
    shown.on(new RunEvent.Note(NOW, 3, Optional.empty(), "not now"));
    shown.on(new RunEvent.HandlerNotified(NOW, "mail : restart", "a"));
    shown.on(end());
    assertThat(shown.out())
        .isEqualTo(
            "No config file found; using defaults\n"
                + banner("PLAYBOOK: site.yml")
                + banner("DRY RUN")
                + banner("PLAY [p] [CHECK MODE]")
                + banner("TASK [t] [CHECK MODE]")
                + "task path: "
                + Path.of("site.yml").toAbsolutePath()
                + ":10\n [started TASK: t on a]\nskipping: [a] => {}\nMETA: noop\n<a> connected\n"
                + "NOTIFIED HANDLER mail : restart for a\n"
                + banner("PLAY RECAP")
                + "\n"
                + banner("DRY RUN"));
  }

  @Test
  void argumentsInHeadings() {
    Shown shown = new Shown("display_args_to_stdout=1");
    TaskInfo task = shown.task("t", "copy").withArguments("src=a, dest=b");
    assertThat(shown.play("p", "linear").start(task).out()).contains("TASK [t src=a, dest=b] **");
    assertThat(new Shown().start(task).out()).contains("TASK [t] **");
  }

  @Test
  void warningsAndMistakesGoToStandardErrorOnce() {
    Shown shown = new Shown();
    Source source = Source.inline("site.yml", "a: 1\nb: {{ x }}\n");
    Diagnostic wrong = Diagnostic.error(source.at(8, 7), "'x' is undefined").withHint("set it");
    TaskInfo task = shown.task("t", "command");
    shown.play("p", "linear").start(task);
    HostResult failed =
        result(Status.FAILED, "{\"msg\": \"'x' is undefined\", \"changed\": false}")
            .withErrors(List.of(wrong));
    shown.host(task, failed).host(task, failed);
    shown.on(new RunEvent.Warning(NOW, Diagnostic.warning("word ".repeat(20).strip())));
    String json = "{\"warnings\": [\"careful\"], \"changed\": false}";
    shown.host(task, result(Status.OK, json)).host(task, result(Status.FAILED, json));
    assertThat(shown.err())
        .isEqualTo(
            """
            ERROR! 'x' is undefined
             --> site.yml:2:4
            2 | b: {{ x }}
              |    ^^^^^^^
              = set it
            [WARNING]: word word word word word word word word word word word word word
            word word word word word word word
            [WARNING]: careful
            """);
    assertThat(shown.out())
        .endsWith(
            """
            fatal: [a]: FAILED! => {"changed": false, "msg": "'x' is undefined"}
            fatal: [a]: FAILED! => {"changed": false, "msg": "'x' is undefined"}
            ok: [a]
            fatal: [a]: FAILED! => {"changed": false}
            """);
    assertThat(shown.both()).contains("*\nERROR! 'x'").contains("= set it\nfatal");
  }

  @Test
  void deprecationsCanBeTurnedOff() {
    RunEvent old =
        new RunEvent.Deprecation(NOW, Diagnostic.warning("old is old"), Optional.of("2.30"));
    String json =
        "{\"deprecations\": [{\"msg\": \"gone!\", \"date\": \"2030-01-01\","
            + " \"collection_name\": \"a.b\"}]}";
    Shown shown = new Shown("deprecation_warnings=1").on(old);
    TaskInfo task = shown.task("t", "command");
    shown.host(task, result(Status.OK, json));
    assertThat(shown.err().replace("\n", " "))
        .isEqualTo(
            "[DEPRECATION WARNING]: old is old. This feature will be removed in version 2.30."
                + " Deprecation warnings can be disabled by setting deprecation_warnings=False in"
                + " ansible.cfg. [DEPRECATION WARNING]: gone! This feature will be removed from"
                + " a.b in a release after 2030-01-01. Deprecation warnings can be disabled by"
                + " setting deprecation_warnings=False in ansible.cfg. ");
    assertThat(new Shown("deprecation_warnings=0").on(old).both()).isEmpty();
  }

  @Test
  void differencesComeBeforeTheResult() {
    Shown shown = new Shown();
    TaskInfo task = shown.task("t", "copy").diffing(true);
    shown.play("p", "linear").start(task);
    int before = shown.out().length();
    HostResult content =
        new HostResult(
            "a",
            Optional.empty(),
            Optional.empty(),
            Status.CHANGED,
            "",
            MapValue.empty(),
            List.of(
                FieldDiff.of("/etc/m.conf", "mode", "0600", "0644"),
                FieldDiff.of("/etc/m.conf", "owner", "root", "mail"),
                FieldDiff.of("/etc/m.conf", "content", "port 25\nold\n", "port 25\nnew")),
            List.of(),
            Duration.ZERO);
    shown.host(task, content);
    shown.host(task.diffing(false), content);
    shown.host(task, content.with(Status.OK, ""));
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            --- before: /etc/m.conf
            +++ after: /etc/m.conf
            @@ -1,2 +1,2 @@
             port 25
            -old
            +new
            \\ No newline at end of file

            --- before
            +++ after
            @@ -1,5 +1,5 @@
             {
            -    "mode": "0600",
            -    "owner": "root",
            +    "mode": "0644",
            +    "owner": "mail",
                 "path": "/etc/m.conf"
             }

            changed: [a]
            changed: [a]
            ok: [a]
            """);
  }

  @Test
  void differencesThatAResultBrings() {
    Shown shown = new Shown();
    TaskInfo task = shown.task("t", "patch").diffing(true);
    shown.play("p", "linear").start(task);
    int before = shown.out().length();
    shown.host(
        task,
        result(
            Status.CHANGED,
            "{\"changed\": true, \"diff\": [{\"before\": \"x\\n\", \"after\": \"x\\n\"},"
                + " {\"before\": null, \"after\": \"y\\n\", \"after_header\": \"f\"},"
                + " {\"prepared\": \"as it is\\n\"}, {\"dst_larger\": 7}]}"));
    assertThat(shown.out().substring(before))
        .isEqualTo(
            """
            --- before
            +++ after: f
            @@ -0,0 +1 @@
            +y

            as it is
            diff skipped: destination file size is greater than 7
            changed: [a]
            """);
  }

  @Test
  void yamlWhereAskedFor() {
    String json =
        "{\"changed\": true, \"stdout\": \"a  \\n"
            + "\\n"
            + "\\tb\\n"
            + "\", \"stdout_lines\": [\"a  \", \"\\tb\"], \"cmd\": [\"echo\"], \"none\": null,"
            + " \"num\": \"0644\", \"empty\": {}}";
    Shown shown = new Shown("callback_result_format=yaml", "verbosity=1");
    TaskInfo task = shown.task("t", "command");
    shown.play("p", "linear").start(task).host(task, result(Status.CHANGED, json));
    assertThat(shown.out())
        .endsWith(
            """
            changed: [a] =>\s
                changed: true
                cmd:
                - echo
                empty: {}
                none: null
                num: '0644'
                stdout: |-
                    a

                            b
                stdout_lines: <omitted>
            """);
    Shown exact =
        new Shown("callback_result_format=yaml", "verbosity=1", "callback_format_pretty=no");
    exact.play("p", "linear").start(task).host(task, result(Status.CHANGED, json));
    assertThat(exact.out()).contains("stdout_lines:\n").doesNotContain("omitted");
  }

  @Test
  void anInterruptIsSaidAtTheEnd() {
    Shown shown = new Shown();
    shown.on(new RunEvent.RunFinished(NOW, Duration.ZERO, List.of(), true));
    assertThat(shown.err()).isEqualTo("[ERROR]: User interrupted execution\n");
  }
}
