package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.runner.engine.ModuleRun.Mode;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.builtin.AsyncStatusModule;
import dev.molt.runner.module.builtin.CommandModule;
import dev.molt.runner.module.builtin.PingModule;
import dev.molt.runner.module.builtin.ProgramOptions;
import dev.molt.runner.module.builtin.RawModule;
import dev.molt.runner.module.builtin.ShellModule;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.local.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsyncRunTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(300);

  @TempDir Path dir;
  private final LocalTransport transport = new LocalTransport();
  private final List<String> polled = new ArrayList<>();
  private final List<String> finished = new ArrayList<>();
  private final AsyncRun.Watcher watcher =
      new AsyncRun.Watcher() {
        @Override
        public void polled(String job) {
          polled.add(job);
        }

        @Override
        public void finished(String job, boolean ok) {
          finished.add(job + " " + ok);
        }
      };
  private Connection connection;
  private HostTarget target;

  @BeforeEach
  void connect() {
    connection =
        transport.open(
            new ConnectionSettings(
                "testhost",
                "localhost",
                22,
                "",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Duration.ofSeconds(5),
                Optional.empty()));
    target =
        new HostTarget(
            "testhost",
            () -> connection,
            Identity.LOGIN,
            Map.of("ANSIBLE_ASYNC_DIR", dir.resolve("jobs").toString()),
            new Foreseen(),
            (kind, name) -> Path.of(name),
            message -> {});
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private <P extends Record> Outcome run(Module<P> module, P options, Mode mode, Duration poll)
      throws Exception {
    return AsyncRun.execute(module, options, target, mode, LIMIT, poll, watcher);
  }

  private Outcome shell(String line, Mode mode, Duration poll) throws Exception {
    return run(new ShellModule(), options(line), mode, poll);
  }

  private static ShellModule.Options options(String line) {
    return new ShellModule.Options(
        Optional.of(line), "/bin/sh", ProgramOptions.NONE, Optional.empty());
  }

  private Outcome ask(String id, AsyncStatusModule.Mode mode) throws Exception {
    return ModuleRun.execute(
        new AsyncStatusModule(),
        new AsyncStatusModule.Options(id, mode, Optional.empty()),
        target,
        Mode.APPLY);
  }

  private Outcome untilFinished(String id) throws Exception {
    for (int i = 0; i < 300; i++) {
      Outcome outcome = ask(id, AsyncStatusModule.Mode.STATUS);
      if (outcome.result().get("finished").equals(IntValue.of(1))) {
        return outcome;
      }
      assertThat(outcome.status()).isEqualTo(Status.OK);
      Thread.sleep(50);
    }
    throw new AssertionError("not finished");
  }

  private List<String> kept() throws Exception {
    try (Stream<Path> files = Files.list(dir.resolve("jobs"))) {
      return files.map(p -> p.getFileName().toString()).toList();
    }
  }

  private static String text(MapValue result, String key) {
    return Python.str(result.get(key));
  }

  @Test
  void waitsAndGivesTheModulesOwnResult() throws Exception {
    Outcome outcome = shell("sleep 1; echo out; echo err >&2", Mode.APPLY, POLL);
    MapValue result = outcome.result();
    assertThat(outcome.status()).isEqualTo(Status.CHANGED);
    assertThat(text(result, "stdout")).isEqualTo("out");
    assertThat(text(result, "stderr_lines")).isEqualTo("['err']");
    assertThat(text(result, "cmd")).startsWith("sleep 1");
    assertThat(text(result, "delta")).startsWith("0:00:01.");
    assertThat(result.get("rc")).isEqualTo(IntValue.of(0));
    assertThat(result.get("finished")).isEqualTo(IntValue.of(1));
    String id = text(result, "ansible_job_id");
    assertThat(id).matches("j\\d+\\.\\d+");
    assertThat(polled).isNotEmpty().containsOnly(id);
    assertThat(finished).containsExactly(id + " true");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFailureIsTheModulesOwn() {
    assertThatThrownBy(() -> shell("echo lost; exit 5", Mode.APPLY, POLL))
        .hasMessageStartingWith("non-zero return code 5")
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.result().get("rc")).isEqualTo(IntValue.of(5));
              assertThat(text(e.result(), "stdout")).isEqualTo("lost");
              assertThat(e.result().has("ansible_job_id")).isTrue();
            });
  }

  @Test
  void takesNoLongerThanItMay() throws Exception {
    assertThatThrownBy(
            () ->
                AsyncRun.execute(
                    new ShellModule(),
                    options("sleep 60"),
                    target,
                    Mode.APPLY,
                    Duration.ofSeconds(1),
                    POLL,
                    watcher))
        .hasMessage("async task did not complete within the requested time - 1s");
    assertThat(finished).hasSize(1);
    assertThat(finished.get(0)).endsWith(" false");
    assertThat(kept()).isEmpty();
  }

  @Test
  void outlivesTheConnection() throws Exception {
    Thread cutter =
        new Thread(
            () -> {
              try {
                while (!Files.exists(dir.resolve("begun"))) {
                  Thread.sleep(20);
                }
                connection.close();
                connect();
                target = null;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    HostTarget first =
        new HostTarget(
            "testhost",
            () -> connection,
            Identity.LOGIN,
            Map.of("ANSIBLE_ASYNC_DIR", dir.resolve("jobs").toString()),
            new Foreseen(),
            (kind, name) -> Path.of(name),
            message -> {});
    cutter.start();
    Outcome outcome =
        AsyncRun.execute(
            new ShellModule(),
            options("echo x >" + dir + "/begun; sleep 1; echo survived"),
            first,
            Mode.APPLY,
            LIMIT,
            POLL,
            watcher);
    cutter.join();
    assertThat(text(outcome.result(), "stdout")).isEqualTo("survived");
  }

  @Test
  void startsAndTellsLater() throws Exception {
    Path go = dir.resolve("go");
    Outcome started =
        shell(
            "while [ ! -e " + go + " ]; do sleep 0.1; done; echo went", Mode.APPLY, Duration.ZERO);
    assertThat(started.status()).isEqualTo(Status.CHANGED);
    assertThat(started.result().get("started")).isEqualTo(IntValue.of(1));
    assertThat(started.result().get("finished")).isEqualTo(IntValue.of(0));
    String id = text(started.result(), "ansible_job_id");
    assertThat(text(started.result(), "results_file")).isEqualTo(dir + "/jobs/" + id);
    MapValue running = ask(id, AsyncStatusModule.Mode.STATUS).result();
    assertThat(running.get("finished")).isEqualTo(IntValue.of(0));
    assertThat(text(running, "stdout_lines")).isEqualTo("[]");
    Files.writeString(go, "");
    Outcome done = untilFinished(id);
    assertThat(done.status()).isEqualTo(Status.CHANGED);
    assertThat(text(done.result(), "stdout")).isEqualTo("went");
    assertThat(text(done.result(), "stdout_lines")).isEqualTo("['went']");
    assertThat(text(done.result(), "cmd")).startsWith("while");
    assertThat(text(ask(id, AsyncStatusModule.Mode.CLEANUP).result(), "erased"))
        .isEqualTo(dir + "/jobs/" + id);
    assertThat(kept()).isEmpty();
    assertThatThrownBy(() -> ask(id, AsyncStatusModule.Mode.STATUS))
        .hasMessage("could not find job");
    assertThatThrownBy(() -> ask(id, AsyncStatusModule.Mode.CLEANUP))
        .hasMessage("could not find job");
  }

  @Test
  void tellsOfFailuresLater() throws Exception {
    String id = text(shell("echo o; exit 3", Mode.APPLY, Duration.ZERO).result(), "ansible_job_id");
    assertThatThrownBy(() -> untilFinished(id))
        .hasMessage("non-zero return code")
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.result().get("rc")).isEqualTo(IntValue.of(3));
              assertThat(e.result().get("finished")).isEqualTo(IntValue.of(1));
            });
    CommandModule.Options missing =
        new CommandModule.Options(
            Optional.of("no-such-program"), List.of(), ProgramOptions.NONE, true, Optional.empty());
    String other =
        text(
            run(new CommandModule(), missing, Mode.APPLY, Duration.ZERO).result(),
            "ansible_job_id");
    assertThatThrownBy(() -> untilFinished(other))
        .hasMessageStartingWith("[Errno 2] No such file or directory: 'no-such-program'");
  }

  @Test
  void whatCannotGoOnByItselfIsKept() throws Exception {
    Outcome started =
        run(new PingModule(), new PingModule.Options("hello"), Mode.APPLY, Duration.ZERO);
    String id = text(started.result(), "ansible_job_id");
    assertThat(started.result().get("finished")).isEqualTo(IntValue.of(0));
    assertThat(text(ask(id, AsyncStatusModule.Mode.STATUS).result(), "ping")).isEqualTo("hello");
    String crashed =
        text(
            run(new PingModule(), new PingModule.Options("crash"), Mode.APPLY, Duration.ZERO)
                .result(),
            "ansible_job_id");
    assertThatThrownBy(() -> ask(crashed, AsyncStatusModule.Mode.STATUS)).hasMessage("boom");
    Outcome waited = run(new PingModule(), new PingModule.Options("x"), Mode.APPLY, POLL);
    assertThat(waited.status()).isEqualTo(Status.OK);
    assertThat(waited.result().get("finished")).isEqualTo(IntValue.of(1));
  }

  @Test
  void aCheckStartsNothing() throws Exception {
    assertThat(shell("echo x >" + dir + "/x", Mode.FORETELL, Duration.ZERO).status())
        .isEqualTo(Status.UNKNOWN);
    Outcome ping = run(new PingModule(), new PingModule.Options("p"), Mode.PEEK, Duration.ZERO);
    String id = text(ping.result(), "ansible_job_id");
    MapValue told = ask(id, AsyncStatusModule.Mode.STATUS).result();
    assertThat(text(told, "ping")).isEqualTo("p");
    assertThat(told.get("finished")).isEqualTo(IntValue.of(1));
    assertThat(dir.resolve("jobs")).doesNotExist();
    assertThat(dir.resolve("x")).doesNotExist();
  }

  @Test
  void someRefuse() {
    RawModule.Options raw = new RawModule.Options(Optional.of("true"), "/bin/sh");
    assertThatThrownBy(() -> run(new RawModule(), raw, Mode.APPLY, POLL))
        .hasMessage("This action (raw) does not support async.");
  }

  @Test
  void conditionsAreLookedAtFirst() throws Exception {
    Path there = Files.writeString(dir.resolve("there"), "");
    ShellModule.Options options =
        new ShellModule.Options(
            Optional.of("false"),
            "/bin/sh",
            new ProgramOptions(
                Optional.empty(),
                Optional.of(there.toString()),
                Optional.empty(),
                Optional.empty(),
                true,
                true),
            Optional.empty());
    Outcome waited = run(new ShellModule(), options, Mode.APPLY, POLL);
    assertThat(waited.status()).isEqualTo(Status.OK);
    Outcome started = run(new ShellModule(), options, Mode.APPLY, Duration.ZERO);
    MapValue told =
        ask(text(started.result(), "ansible_job_id"), AsyncStatusModule.Mode.STATUS).result();
    assertThat(text(told, "stdout")).startsWith("skipped, since");
    assertThat(told.get("changed")).isEqualTo(BoolValue.FALSE);
  }
}
