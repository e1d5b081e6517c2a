package dev.molt.runner.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every way to run scripts on a host must do. The host shares this machine's files. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ShellContract {
  private static final int MIB = 1 << 20;

  @TempDir Path dir;
  private Connection connection;
  private Shell shell;

  protected abstract Connection connect() throws Exception;

  @BeforeEach
  void start() throws Exception {
    connection = connect();
    shell = connection.shell(Identity.LOGIN);
  }

  @AfterEach
  void stop() {
    connection.close();
  }

  private ScriptResult run(String text) throws Exception {
    return shell.run(Script.of(text).withDeadline(Duration.ofSeconds(60)));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 0",
    "false, 1",
    "exit 3, 3",
    "exit 124, 124",
    "exit 137, 137",
    "exec sh -c 'exit 9', 9",
    "kill -KILL $$, 137",
    "kill -TERM $$, 143",
    "kill -INT $$, 130",
    "set -e; false; exit 4, 1",
    "no-such-command-here, 127",
    "'', 0",
    "'# only a comment', 0",
    "'cat <<X\nunfinished', 0",
    "'echo a\\', 0",
  })
  void tellsHowAScriptEnded(String text, int status) throws Exception {
    ScriptResult result = run(text);
    assertThat(result.exitStatus()).isEqualTo(status);
    assertThat(result.timedOut()).isFalse();
    assertThat(run("echo next").out()).isEqualTo("next\n");
  }

  @Test
  void reportsASyntaxErrorAsTheShellPutsIt() throws Exception {
    ScriptResult result = run("if true; then");
    assertThat(result.ok()).isFalse();
    assertThat(result.err()).containsIgnoringCase("syntax error");
    assertThat(run("echo next").out()).isEqualTo("next\n");
  }

  @Test
  void keepsTheStreamsApartAndExact() throws Exception {
    ScriptResult result = run("printf 'a\\nb'; printf 'c\\0d' >&2");
    assertThat(result.out()).isEqualTo("a\nb");
    assertThat(result.err()).isEqualTo("c\0d");
    assertThat(result.truncated()).isFalse();
    assertThat(run("kill -KILL $$").err()).isEmpty();
  }

  @Test
  void passesBinaryThrough() throws Exception {
    byte[] all = new byte[MIB];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31 + (i >> 8));
    }
    ScriptResult result = shell.run(Script.of("tee /dev/stderr").withStdin(Content.of(all)));
    assertThat(result.stdout()).isEqualTo(all);
    assertThat(result.stderr()).isEqualTo(all);
    byte[] zeros = new byte[100_000];
    assertThat(run("head -c 100000 /dev/zero").stdout()).isEqualTo(zeros);
  }

  @Test
  void isNotTakenInByWhatLooksLikeAFrame() throws Exception {
    String text = "printf '\\0%s:E2:0\\n\\0E:2:0\\n\\0' 0123456789abcdef0123456789abcdef; echo end";
    assertThat(new String(run(text).stdout(), ISO_8859_1))
        .isEqualTo("\0000123456789abcdef0123456789abcdef:E2:0\n\0E:2:0\n\0end\n");
  }

  @Test
  void dropsWhatIsPastTheLimitAndHangsNobody() throws Exception {
    Script big =
        new Script(
            "yes | head -c 300000000; yes | head -c 30000000 >&2; echo end >&2; exit 5",
            java.util.Optional.empty(),
            Duration.ofSeconds(100),
            1000,
            java.util.Optional.empty());
    ScriptResult result = shell.run(big);
    assertThat(result.exitStatus()).isEqualTo(5);
    assertThat(result.truncated()).isTrue();
    assertThat(result.stdout()).hasSize(1000);
    assertThat(result.stderr()).hasSize(1000);
  }

  @Test
  void readsBothStreamsAtOnce() throws Exception {
    ScriptResult result =
        run(
            "head -c 8000000 /dev/zero & head -c 8000000 /dev/zero >&2 & wait;"
                + "head -c 4000000 /dev/zero >&2; head -c 4000000 /dev/zero");
    assertThat(result.stdout()).hasSize(12_000_000);
    assertThat(result.stderr()).hasSize(12_000_000);
  }

  @Test
  void givesStdinAndItsEnd() throws Exception {
    assertThat(run("cat; echo $?").out()).isEqualTo("0\n");
    Script hello = Script.of("read -r a; echo \"[$a]\"; cat").withStdin(Content.of("eins\nzwei"));
    assertThat(shell.run(hello).out()).isEqualTo("[eins]\nzwei");
    assertThat(shell.run(Script.of("wc -c").withStdin(Content.of(""))).out().strip())
        .isEqualTo("0");
  }

  @Test
  void streamsLargeStdin() throws Exception {
    byte[] large = new byte[64 * MIB];
    java.util.Arrays.fill(large, (byte) 'x');
    Script count = Script.of("wc -c").withStdin(Content.of(large));
    assertThat(shell.run(count).out().strip()).isEqualTo(Integer.toString(large.length));
    for (String text : List.of("true", "exec <&-", "head -c 10 >/dev/null", "exit 0")) {
      assertThat(shell.run(Script.of(text).withStdin(Content.of(large))).exitStatus()).isZero();
      assertThat(run("echo next").out()).isEqualTo("next\n");
    }
  }

  @Test
  void takesAScriptOfAnySize() throws Exception {
    String comment = "# ein Kommentar, der nichts tut, gar nichts: äöü €\n";
    String text = "echo first\n" + comment.repeat(20_000) + "echo last";
    assertThat(run(text).out()).isEqualTo("first\nlast\n");
    String word = "x".repeat(300_000);
    assertThat(run("printf %s " + word + " | wc -c").out().strip()).isEqualTo("300000");
  }

  @Test
  void refusesNul() {
    assertThatThrownBy(() -> run("echo \0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leaksNothingIntoTheNextScript() throws Exception {
    String before = run("pwd; umask; set | grep -v '^_=' | grep -v PID").out();
    run("cd /; A=1; export B=2; f() { :; }; trap 'echo hi' 0; set -u; alias x=y; umask 0");
    assertThat(run("pwd; umask; set | grep -v '^_=' | grep -v PID").out()).isEqualTo(before);
    assertThat(run("echo ${A-none}${B-none} $#").out()).isEqualTo("nonenone 0\n");
  }

  @Test
  void showsNeitherScriptNorStdinToPs() throws Exception {
    String secret = "s3cret-" + System.nanoTime();
    ScriptResult result =
        shell.run(
            Script.of(
                    ": "
                        + secret
                        + "; for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; tr '\\0' ' '"
                        + " <$p/environ; done 2>/dev/null")
                .withStdin(Content.of(secret)));
    assertThat(result.out()).contains("timeout").doesNotContain(secret);
  }

  @Test
  void givesTheScriptNoDescriptorsOfItsOwn() throws Exception {
    String open = run("ls /proc/$$/fd").out();
    assertThat(open.split("\n")).containsExactly("0", "1", "2");
    Script withStdin = Script.of("ls /proc/$$/fd").withStdin(Content.of("x"));
    assertThat(shell.run(withStdin).out()).isEqualTo(open);
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
  void runsThousandsInARowAndManyAtOnce() throws Exception {
    for (int i = 0; i < 1000; i++) {
      assertThat(run("echo " + i).out()).isEqualTo(i + "\n");
    }
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
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
    run("kill -KILL $(ps -o ppid= -p $(ps -o ppid= -p $PPID))");
    assertThatThrownBy(() -> run("true")).isInstanceOf(UnreachableException.class);
    shell = connection.shell(Identity.LOGIN);
    assertThat(run("echo again").out()).isEqualTo("again\n");
  }

  @Test
  void leavesNoThreadsBehind() throws Exception {
    run("true");
    connection.close();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!threads().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(threads()).isEmpty();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(n -> n.startsWith("molt-") || n.startsWith("molt ") || n.startsWith("sshj"))
        .toList();
  }

  static boolean alive(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException gone) {
      return false;
    }
  }

  static void waitUntilGone(String pid) throws InterruptedException {
    for (int i = 0; i < 800 && alive(pid); i++) {
      Thread.sleep(10);
    }
    assertThat(alive(pid)).as("process " + pid + " lives").isFalse();
  }

  static String waitForText(Path file) throws Exception {
    for (int i = 0; i < 1000; i++) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return Files.readString(file).strip();
      }
      Thread.sleep(10);
    }
    throw new AssertionError(file + " did not appear");
  }
}
