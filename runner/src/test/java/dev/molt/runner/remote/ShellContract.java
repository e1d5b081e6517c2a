package dev.molt.runner.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every way to run scripts on a host must do; this part is of how scripts end, and what they
 * leave. The host shares this machine's files.
 */
public abstract class ShellContract extends ShellOutputContract {
  /** Those of tests of other classes, which ran in this process before. */
  private static final Set<Thread> OTHERS = new HashSet<>();

  @BeforeAll
  static void rememberThreads() {
    OTHERS.addAll(threads());
  }

  @Test
  void survivesAScriptThatClosesItsStreams() throws Exception {
    assertThat(run("exec >&- 2>&- <&-; exit 6").exitStatus()).isEqualTo(6);
    assertThat(run("echo next").out()).isEqualTo("next\n");
  }

  @Test
  void returnsWhenTheScriptEndsThoughAChildHoldsItsOutput() throws Exception {
    ScriptResult result = run("(sleep 3; echo stray; sleep 100) & echo started $!");
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(2));
    String pid = result.out().replaceAll("\\D", "");
    for (int i = 0; i < 5; i++) {
      Thread.sleep(800);
      assertThat(run("echo next").out()).isEqualTo("next\n");
    }
    assertThat(run("kill -0 " + pid + " && kill " + pid).exitStatus()).isZero();
  }

  @Test
  void leavesWhatAScriptStartedAliveWhenTheConnectionCloses() throws Exception {
    String pid = run("sleep 50 >/dev/null 2>&1 & echo $!").out().strip();
    connection.close();
    Thread.sleep(500);
    assertThat(alive(pid)).isTrue();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void killsTheWholeGroupAtTheDeadline() throws Exception {
    Script stubborn =
        Script.of("(trap '' TERM; echo $$; sh -c 'echo $$; exec sleep 60') & echo out; sleep 60")
            .withDeadline(Duration.ofMillis(700));
    ScriptResult result = shell.run(stubborn);
    assertThat(result.timedOut()).isTrue();
    assertThat(result.out()).contains("out");
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(4));
    for (String pid : result.out().replaceAll("[^0-9\n]", "").strip().split("\n+")) {
      waitUntilGone(pid);
    }
    assertThat(run("echo next").out()).isEqualTo("next\n");
  }

  @Test
  void killsAScriptThatIgnoresTerm() throws Exception {
    ScriptResult result =
        shell.run(
            Script.of("trap '' TERM; echo $$; while :; do sleep 1; done")
                .withDeadline(Duration.ofMillis(500)));
    assertThat(result.timedOut()).isTrue();
    assertThat(result.exitStatus()).isEqualTo(137);
    waitUntilGone(result.out().strip());
    assertThat(run("echo next").out()).isEqualTo("next\n");
  }

  @Test
  void watchesTheDeadlineWhileStdinWaits() throws Exception {
    Script deaf =
        Script.of("sleep 60")
            .withStdin(Content.of(new byte[8 * MIB]))
            .withDeadline(Duration.ofSeconds(1));
    assertThat(shell.run(deaf).timedOut()).isTrue();
    assertThat(run("echo next").out()).isEqualTo("next\n");
  }

  @ParameterizedTest
  @CsvSource({"0", "8000000"})
  void killsTheScriptWhenTheCallerIsInterrupted(int stdin) throws Exception {
    Path pidFile = dir.resolve("pid");
    Script script = Script.of("echo $$ >" + pidFile + "; sleep 60; echo x >" + dir + "/late");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                shell.run(stdin > 0 ? script.withStdin(Content.of(new byte[stdin])) : script);
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    caller.start();
    String pid = waitForText(pidFile);
    Thread.sleep(200);
    caller.interrupt();
    caller.join(8000);
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    waitUntilGone(pid);
    assertThat(dir.resolve("late")).doesNotExist();
    shell = connection.shell(Identity.LOGIN);
    assertThat(run("echo next").out()).isEqualTo("next\n");
  }

  @ParameterizedTest
  @CsvSource({"0", "8000000"})
  void killsWhatRunsWhenTheConnectionCloses(int stdin) throws Exception {
    Path pidFile = dir.resolve("pid");
    Script plain = Script.of("trap '' HUP; echo $$ >" + pidFile + "; sleep 60");
    Script script = stdin > 0 ? plain.withStdin(Content.of(new byte[stdin])) : plain;
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<ScriptResult> running = pool.submit(() -> shell.run(script));
    String pid = waitForText(pidFile);
    connection.close();
    waitUntilGone(pid);
    assertThatThrownBy(() -> running.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(UnreachableException.class)
        .hasMessageContaining("not known");
    pool.shutdown();
  }

  @Test
  void endsNoScriptWithHalfOfItsStdin() throws Exception {
    Path target = dir.resolve("target");
    Content failing =
        new Content() {
          @Override
          public long length() {
            return 1000;
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(new byte[300]);
            out.flush();
            throw new IOException("disk on fire");
          }
        };
    Script install = Script.of("cat >" + target + ".tmp && mv " + target + ".tmp " + target);
    assertThatThrownBy(() -> shell.run(install.withStdin(failing)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("disk on fire");
    Thread.sleep(2500);
    assertThat(target).doesNotExist();
    shell = connection.shell(Identity.LOGIN);
    assertThat(run("echo next").out()).isEqualTo("next\n");
  }

  @Test
  void tellsLinesAsTheyCome() throws Exception {
    ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    CountDownLatch first = new CountDownLatch(1);
    Script script =
        Script.of("echo eins; printf 'é\\nlast' >&2; sleep 1; echo zwei")
            .withLineListener(
                (err, line) -> {
                  seen.add((err ? "E " : "O ") + line);
                  first.countDown();
                });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<ScriptResult> running = pool.submit(() -> shell.run(script));
    assertThat(first.await(900, TimeUnit.MILLISECONDS)).isTrue();
    assertThat(running.isDone()).isFalse();
    assertThat(running.get().out()).isEqualTo("eins\nzwei\n");
    assertThat(seen).containsExactlyInAnyOrder("O eins", "O zwei", "E é", "E last");
    pool.shutdown();
  }

  @Test
  void runsHundredsInARowAndManyAtOnce() throws Exception {
    for (int i = 0; i < 250; i++) {
      assertThat(run("echo " + i).out()).isEqualTo(i + "\n");
    }
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int n = i;
      answers.add(pool.submit(() -> run("printf " + n + "; printf " + n + " >&2").err()));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get()).isEqualTo(Integer.toString(i));
    }
    pool.shutdown();
  }

  @Test
  void keepsUnicode() throws Exception {
    String text = "äöü € 日本語 🦔 '\"\\$`";
    assertThat(run("printf %s " + ShellQuote.quote(text)).out()).isEqualTo(text);
  }

  @Test
  void startsANewShellAfterOneWasKilled() throws Exception {
    assertThatThrownBy(
            () -> {
              run("kill -KILL $(ps -o ppid= -p $(ps -o ppid= -p $PPID))");
              run("true");
            })
        .isInstanceOf(UnreachableException.class);
    shell = connection.shell(Identity.LOGIN);
    assertThat(run("echo again").out()).isEqualTo("again\n");
  }

  @Test
  void leavesNoThreadsBehind() throws Exception {
    run("true");
    connection.close();
    afterClose();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    Set<Thread> left = threads();
    while (!OTHERS.containsAll(left) && System.nanoTime() < end) {
      Thread.sleep(20);
      left = threads();
    }
    left.removeAll(OTHERS);
    assertThat(left).isEmpty();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().matches("(molt[- ]|sshj).*"))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
