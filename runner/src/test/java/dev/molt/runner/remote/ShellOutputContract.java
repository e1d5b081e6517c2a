package dev.molt.runner.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes into a script and comes out of it, on every transport. */
public abstract class ShellOutputContract extends ShellHarness {
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
}
