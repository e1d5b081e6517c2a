package dev.molt.runner.remote.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellHarness;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of scripts that go on by themselves, whatever the way to the host. */
public abstract class AsyncJobsContract extends ShellHarness {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Path jobs() {
    return dir.resolve("jobs dir");
  }

  private ScriptResult host(Script script) throws UnreachableException, InterruptedException {
    return shell.run(
        new Script(
            "ANSIBLE_ASYNC_DIR=" + ShellQuote.quote(jobs().toString()) + "\n" + script.text(),
            script.stdin(),
            script.deadline(),
            script.maxOutput(),
            script.onLine()));
  }

  private Job start(String text) throws Exception {
    return AsyncJobs.start(this::host, Script.of(text), MINUTE, "");
  }

  private MapValue finished(Job job) throws Exception {
    for (int i = 0; i < 600; i++) {
      JobStatus status = AsyncJobs.poll(this::host, job.id());
      if (status.state() != JobStatus.State.RUNNING) {
        assertThat(status.state()).isEqualTo(JobStatus.State.FINISHED);
        assertThat(status.job()).isEqualTo(job);
        return (MapValue) Json.parse(status.json());
      }
      Thread.sleep(50);
    }
    throw new AssertionError("still running");
  }

  private List<String> left() throws Exception {
    try (Stream<Path> files = Files.list(jobs())) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static String text(MapValue result, String key) {
    return Python.str(result.get(key));
  }

  @Test
  void keepsWhatCameOfAScript() throws Exception {
    Job job =
        AsyncJobs.start(
            this::host,
            Script.of("cat; echo \"$0\" >&2; exit 3").withStdin(Content.of("in\n")),
            MINUTE,
            "\"cmd\": [\"a\", \"b\"]");
    assertThat(job.id()).matches("j\\d{1,12}\\.\\d+");
    assertThat(job.resultsFile()).isEqualTo(jobs() + "/" + job.id());
    MapValue result = finished(job);
    assertThat(text(result, "ansible_job_id")).isEqualTo(job.id());
    assertThat(result.get("finished")).isEqualTo(IntValue.of(1));
    assertThat(result.get("started")).isEqualTo(IntValue.of(1));
    assertThat(result.get("rc")).isEqualTo(IntValue.of(3));
    assertThat(result.get("failed")).isEqualTo(BoolValue.TRUE);
    assertThat(result.get("changed")).isEqualTo(BoolValue.TRUE);
    assertThat(text(result, "cmd")).isEqualTo("['a', 'b']");
    assertThat(text(result, "msg")).isEqualTo("non-zero return code");
    assertThat(text(result, "stdout")).isEqualTo("in\n");
    assertThat(text(result, "stderr")).endsWith("/script\n");
    String time = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}";
    assertThat(text(result, "start")).matches(time);
    assertThat(text(result, "end")).matches(time).isGreaterThan(text(result, "start"));
    assertThat(text(result, "delta")).matches("0:00:\\d\\d\\.\\d{6}");
    // The result is there a moment before the job has put its other files away.
    for (int i = 0; i < 100 && left().size() > 1; i++) {
      Thread.sleep(100);
    }
    assertThat(left()).containsExactly(job.id());
    assertThat(AsyncJobs.cleanup(this::host, job.id()).job()).isEqualTo(job);
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "no line break",
        "two\n\nlines\n\n",
        "\"quotes\" \\ and \\n and \t\r\u0001\u001f\u007f",
        "äöü € 日本語 🦔\n",
        "x",
        " leading and trailing \n"
      })
  void keepsOutputAsItIs(String output) throws Exception {
    Job job =
        AsyncJobs.start(
            this::host, Script.of("tee /dev/stderr").withStdin(Content.of(output)), MINUTE, "");
    MapValue result = finished(job);
    assertThat(text(result, "stdout")).isEqualTo(output);
    assertThat(text(result, "stderr")).isEqualTo(output);
  }

  @Test
  void keepsMegabytes() throws Exception {
    Job job = start("seq 1 600000; head -c 3000000 /dev/zero | tr '\\0' '\"'");
    String out = text(finished(job), "stdout");
    assertThat(out).startsWith("1\n2\n3\n").contains("\n600000\n\"\"\"");
    assertThat(out).hasSize(4_088_895 + 3_000_000);
    Script big =
        new Script(
            "head -c 100000 /dev/zero | tr '\\0' x",
            Script.of("").stdin(),
            MINUTE,
            1000,
            Script.of("").onLine());
    MapValue cut = finished(AsyncJobs.start(this::host, big, MINUTE, ""));
    assertThat(text(cut, "stdout")).hasSize(1000);
    assertThat(cut.get("truncated")).isEqualTo(BoolValue.TRUE);
  }

  @Test
  void saysThatItRuns() throws Exception {
    Path go = dir.resolve("go");
    Job job = start("while [ ! -e " + go + " ]; do sleep 0.1; done; echo went");
    JobStatus running = AsyncJobs.poll(this::host, job.id());
    assertThat(running.state()).isEqualTo(JobStatus.State.RUNNING);
    assertThat(running.job()).isEqualTo(job);
    assertThat(Files.readString(jobs().resolve(job.id())))
        .startsWith("{\"started\": 1, \"finished\": 0, \"ansible_job_id\": \"" + job.id());
    Files.writeString(go, "");
    assertThat(text(finished(job), "stdout")).isEqualTo("went\n");
  }

  @Test
  void killsAllOfItAtItsLimit() throws Exception {
    Path pids = dir.resolve("pids");
    String stubborn =
        "(trap '' TERM; echo $$ >>%1$s; sh -c 'trap \"\" TERM; echo $$ >>%1$s; sleep 60') &"
            + " echo $$ >>%1$s; echo begun; sleep 60; echo late";
    Job job =
        AsyncJobs.start(this::host, Script.of(stubborn.formatted(pids)), Duration.ofSeconds(1), "");
    MapValue result = finished(job);
    assertThat(text(result, "stdout")).isEqualTo("begun\n");
    assertThat(text(result, "msg")).isEqualTo("Timeout exceeded");
    assertThat(result.get("timed_out")).isEqualTo(BoolValue.TRUE);
    assertThat(result.get("failed")).isEqualTo(BoolValue.TRUE);
    for (String pid : Files.readAllLines(pids)) {
      waitUntilGone(pid);
    }
    assertThat(left()).containsExactly(job.id());
  }

  @Test
  void goesOnWithoutAConnection() throws Exception {
    Path done = dir.resolve("done");
    Job job = start("sleep 1; echo survived; echo x >" + done);
    connection.close();
    afterClose();
    waitForText(done);
    connection = connect();
    shell = connection.shell(Identity.LOGIN);
    assertThat(text(finished(job), "stdout")).isEqualTo("survived\n");
  }

  @Test
  void doesNotHandOnIgnoredSignals() throws Exception {
    MapValue result = finished(start("sh -c 'kill -INT $$; echo ignored'; echo $?"));
    assertThat(text(result, "stdout")).isEqualTo("130\n");
  }

  @Test
  void manyAtOnce() throws Exception {
    List<Job> started = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      started.add(start("sleep 0.3; echo " + i));
    }
    for (int i = 0; i < started.size(); i++) {
      assertThat(text(finished(started.get(i)), "stdout")).isEqualTo(i + "\n");
    }
    assertThat(left()).hasSize(started.size());
  }

  @Test
  void removedWhileItRuns() throws Exception {
    Path go = dir.resolve("go");
    Path went = dir.resolve("went");
    Job job = start("while [ ! -e " + go + " ]; do sleep 0.1; done; echo x >" + went);
    assertThat(AsyncJobs.cleanup(this::host, job.id()).state()).isEqualTo(JobStatus.State.FINISHED);
    assertThat(AsyncJobs.poll(this::host, job.id()).state()).isEqualTo(JobStatus.State.MISSING);
    Files.writeString(go, "");
    waitForText(went);
    for (int i = 0; i < 100 && !left().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void lostWithItsWatcher() throws Exception {
    Job job = start("echo begun; exec sleep 30");
    Path own = jobs().resolve(job.id() + ".d");
    waitForText(own.resolve("group"));
    String watcher = Files.readString(own.resolve("pid")).strip();
    run("kill -KILL " + watcher + " -" + Files.readString(own.resolve("group")).strip());
    waitUntilGone(watcher);
    assertThat(AsyncJobs.poll(this::host, job.id()).state()).isEqualTo(JobStatus.State.LOST);
    AsyncJobs.cleanup(this::host, job.id());
    assertThat(left()).isEmpty();
  }

  @Test
  void keepsWhatIsOverAlready() throws Exception {
    Job job = AsyncJobs.record(this::host, "{\"finished\": 1, \"msg\": \"it's\"}");
    assertThat(text(finished(job), "msg")).isEqualTo("it's");
    assertThat(AsyncJobs.cleanup(this::host, job.id()).job()).isEqualTo(job);
    assertThat(left()).isEmpty();
  }

  @Test
  void aJobThatIsNone() throws Exception {
    assertThat(AsyncJobs.poll(this::host, "j1.2").state()).isEqualTo(JobStatus.State.MISSING);
    assertThat(AsyncJobs.cleanup(this::host, "j1.2").state()).isEqualTo(JobStatus.State.MISSING);
    for (String id : List.of("", "..", "../../etc/passwd", "a/b")) {
      assertThatThrownBy(() -> AsyncJobs.cleanup(this::host, id))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("is not the id of a job");
    }
  }

  @Test
  void saysWhyItCannotStart() throws Exception {
    Files.writeString(jobs(), "a file");
    assertThatThrownBy(() -> start("true"))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("the job could not be started: ")
        .hasMessageContaining(jobs().toString());
  }
}
