package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a run where hooks fail or skip. */
class HookEndTest extends HookKit {
  private static final String ONE_TASK =
      """
      - hosts: all
        gather_facts: false
        hooks: h.groovy
        tasks: [{name: one, command: "true"}]
      """;

  @Test
  void aVetoOfAHostIsAFailureThatIsTold() throws IOException {
    hook(
        """
        beforeHost { if (host == 'a') fail 'not on a' }
        afterHost { if (host == 'b') fail 'b is not well' }
        onFailure { r -> say "told: ${r.host} ${r.msg} in ${task.name}" }
        """);
    Shown shown = run(ONE_TASK);
    assertThat(shown.said())
        .contains("a: told: a not on a in beforeHost", "b: told: b b is not well in afterHost");
    assertThat(shown.status()).isEqualTo(2);
  }

  @Test
  void aVetoAtThePointOfNoReturnIsTold() throws IOException {
    hook(
        """
        onPointOfNoReturn { fail 'stay here' }
        onFailure { r -> say "told: ${r.host} ${r.msg}" }
        """);
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              hooks: h.groovy
              tasks: [{command: "true", point_of_no_return: true}]
            """);
    assertThat(shown.said()).contains("a: told: a stay here", "b: told: b stay here");
  }

  @Test
  void aMistakeInATaskThatWasNotBegunIsTold() throws IOException {
    hook("onFailure { r -> say \"told: ${r.host}\" }\n");
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              hooks: h.groovy
              tasks: [{command: "true", run_once: "{{ 'perhaps' }}"}]
            """);
    assertThat(shown.said()).contains("a: told: a", "b: told: b");
  }

  @Test
  void aVetoOfAHostIsFatalWhereErrorsAre() throws IOException {
    hook("beforeHost { if (host == 'a') fail 'not on a' }\n");
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              any_errors_fatal: true
              hooks: h.groovy
              tasks: [{name: one, command: "true"}]
            """);
    assertThat(shown.text()).contains("STOPPED  b: stopped, because a failed");
    assertThat(shown.text()).doesNotContain("changed");
    assertThat(shown.status()).isEqualTo(2);
  }

  @Test
  void whatComesAfterIsCalledWhateverFailed() throws IOException {
    hook(
        """
        afterRun { fail 'first file' }
        after { fail 'first play' }
        after { say 'after, too' }
        afterRun { say 'after run, too' }
        """);
    Files.writeString(
        folder.resolve("hooks/other.groovy"),
        """
        after { fail 'other play' }
        afterRun { say "of the other: ${it.ok} ${it.error}" }
        """);
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              hooks: [h.groovy, other.groovy]
              tasks: [{name: one, command: "true"}]
            - hosts: b
              hooks: {afterRun: fail 'second play'}
              tasks: []
            """);
    assertThat(shown.said())
        .contains("after, too", "after run, too", "of the other: false other play; first play");
    assertThat(shown.text())
        .contains("error: other play", "error: first play", "error: first file")
        .contains("error: second play", "the run failed: see below")
        .doesNotContain("--skip-tags");
    assertThat(shown.status()).isOne();
  }

  @Test
  void thePlayIsFollowedByItsHooksAlsoWhereItEndsInAMistake() throws IOException {
    hook("after { say \"cleaned up\" }\nafterBatch { say 'batch over' }\n");
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              hooks: h.groovy
              handlers: [{name: late, meta: flush_handlers}]
              tasks: [{name: one, command: "true", notify: late}]
            """);
    assertThat(shown.said()).containsSubsequence("batch over", "cleaned up");
    assertThat(shown.text()).contains("flush_handlers cannot be used as a handler");
  }

  @Test
  void whatCameBeforeIsFollowedByWhatComesAfterHoweverATaskEnds() throws IOException {
    String playbook =
        """
        - hosts: a
          gather_facts: false
          tasks:
            - block:
                - command: "%s"
                  hooks: {before: "%s", after: say 'inner after'}
                  ignore_errors: true
              hooks:
                - {before: say 'out', after: 'say "in again, $it.status"'}
                - {after: fail 'after it all'}
        """;
    assertThat(run(playbook.formatted("true", "say 'inner before'")).said())
        .containsSubsequence(
            "a: out", "a: inner before", "a: inner after", "a: in again, changed", "after it all");
    Shown vetoed = run(playbook.formatted("true", "fail 'not now'"));
    assertThat(vetoed.said()).containsSubsequence("a: out", "a: in again, failed", "not now");
    assertThat(vetoed.said()).contains("after it all").doesNotContain("a: inner after");
    assertThat(run(playbook.formatted("true", "skip 'later'")).said())
        .containsSubsequence("a: out", "a: in again, skipped");
    assertThat(run(playbook.formatted("{{ nowhere.at_all }}", "say 1"), "-e", "nowhere=x").said())
        .containsSubsequence("a: out", "a: inner after", "a: in again, failed");
    assertThat(run(playbook.formatted("false", "say 1")).said())
        .containsSubsequence("a: out", "a: in again, failed");
    Shown lost =
        run(
            """
            - hosts: a
              gather_facts: false
              tasks:
                - ping:
                  hooks: {before: say 'out', after: 'say "in again, $it.status"'}
                  vars: {ansible_connection: ssh, ansible_host: 127.0.0.1, ansible_port: 1}
            """);
    assertThat(lost.said()).containsSubsequence("a: out", "a: in again, unreachable");
    assertThat(lost.status()).isEqualTo(4);
  }

  @Test
  void whatComesAfterAPlayKnowsHowItEnded() throws IOException {
    hook(
        """
        beforeBatch { if ('b' in hosts) fail 'no b' }
        afterBatch { say "batch $hosts ${it.ok}" }
        after { say "play ${it.ok} ${it.error}" }
        """);
    Files.writeString(
        folder.resolve("hooks/outer.groovy"), "afterBatch { say \"outer ${it.ok}\" }\n");
    Shown shown =
        run(ONE_TASK.replace("hooks: h.groovy", "serial: 1\n  hooks: [outer.groovy, h.groovy]"));
    assertThat(shown.said())
        .containsExactly("batch [a] true", "outer true", "outer false", "play false no b");
    assertThat(shown.status()).isOne();
  }

  @Test
  void whatHooksAndModulesDefineIsDefined() throws IOException {
    hook(
        """
        beforeHost { set 'kernel', look('uname -s').stdout }
        beforeRun { addHost 'n9', groups: ['new'], ansible_connection: 'local', part: 'nine' }
        """);
    Files.createDirectories(folder.resolve("library"));
    Files.writeString(
        folder.resolve("library/finds.groovy"),
        "summary 'Finds'\nplan { result ansible_facts: [found: 'it'] }\n");
    String playbook =
        """
        - hosts: a
          gather_facts: false
          hooks: h.groovy
          tasks:
            - command: echo {{ kernel }}
            - finds:
            - command: echo {{ found }}
        - hosts: new
          gather_facts: false
          tasks: [{command: "echo {{ part }}"}]
        """;
    Shown shown = run(playbook);
    assertThat(shown.text()).contains("n9  ok 1");
    assertThat(shown.status()).isZero();
    assertThat(run(playbook.replace("    - finds:\n", "").replace("found", "fuond")).text())
        .contains("nothing can define 'fuond'");
    hook("beforeHost { ['x', 'y'].each { set \"is_$it\", it } }\n");
    assertThat(run(ONE_TASK.replace("true", "echo {{ is_x }}")).status()).isZero();
  }

  @Test
  void operatorsAreAskedOneQuestionAtATime() throws Exception {
    hook("beforeTask { set 'said', ask(\"Go on with $host?\") }\n");
    String asked =
        """
        - hosts: a,b,c,d
          gather_facts: false
          hooks: h.groovy
          tasks: [{debug: {msg: "{{ said }} of {{ inventory_hostname }}"}}]
        """;
    Path playbook = Files.writeString(folder.resolve("ask.yml"), asked);
    AtomicInteger asking = new AtomicInteger();
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Asker asker =
        (question, hidden) -> {
          lines.add(question);
          assertThat(asking.incrementAndGet()).isOne();
          try {
            Thread.sleep(50);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          asking.decrementAndGet();
          return Optional.of("yes " + question.replaceAll(".* |\\?", ""));
        };
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    Settings settings = Settings.load(Map.of(), folder);
    int status =
        new RunCommand(out, out, settings, new ExitStatus(), Optional.empty(), asker)
            .execute(List.of(playbook.toString(), "-i", "a,b,c,d,", "-c", "local"));
    out.flush();
    assertThat(status).isZero();
    assertThat(lines).hasSize(4);
    for (String host : List.of("a", "b", "c", "d")) {
      assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("yes " + host + " of " + host);
    }
  }

  @Test
  void whoIsLeftOutIsTold() throws IOException {
    hook(
        """
        beforeHost { if (host == 'a') skip 'a is in use' }
        """);
    Shown shown = run(ONE_TASK);
    assertThat(shown.text()).containsPattern("skipped +a is in use +a\n");
    assertThat(shown.status()).isZero();

    hook("beforeBatch { if ('b' in hosts) skip 'no b' }\n");
    shown = run(ONE_TASK.replace("hooks:", "serial: 1\n  hooks:"));
    assertThat(shown.text())
        .containsPattern("skipped +no b +b\n")
        .containsPattern("changed +one +a");

    hook("before { skip 'not on a Friday' }\n");
    shown = run(ONE_TASK);
    assertThat(shown.text())
        .contains("PLAY all  left out: not on a Friday")
        .doesNotContain("--skip-tags");
    assertThat(run(ONE_TASK, "--output", "json").text())
        .contains("\"why\":\"hook\",\"reason\":\"not on a Friday\"");
  }

  @Test
  void aRunIsLeftOut() throws IOException {
    hook("beforeRun { skip 'nothing to do' }\nafterRun { say \"ok: ${it.ok}\" }\n");
    Shown shown = run(ONE_TASK);
    assertThat(shown.text())
        .contains("PLAY all  left out: nothing to do")
        .doesNotContain("changed")
        .doesNotContain("--skip-tags");
    assertThat(shown.said()).contains("ok: true");
    assertThat(shown.status()).isZero();
  }

  @Test
  void aVetoOfARunSaysNothingOfTags() throws IOException {
    hook("beforeRun { fail 'frozen' }\n");
    Shown shown = run(ONE_TASK);
    assertThat(shown.text()).contains("error: frozen").doesNotContain("--skip-tags");
    assertThat(run(ONE_TASK, "--output", "json").text()).contains("\"error\":\"frozen\"");
  }

  @Test
  void theDeadlineIsMetWhereTheHookWas() throws IOException {
    hook(
        """
        beforeTask {
          def n = 1
          look 'sleep 30'
        }
        """);
    Shown shown = run(Map.of("MOLT_HOOK_TIMEOUT", "1"), ONE_TASK);
    assertThat(shown.text()).contains("a hook took longer than 1 s", "hooks/h.groovy:3:3");
  }

  @Test
  void mistakesInLinesInPlaceAreWhereTheyAre() throws IOException {
    Shown shown =
        run(
            """
            - hosts: a
              hooks:
                before: |
                  say 'one'
                  say ('two'
              tasks: []
            """);
    assertThat(shown.text()).contains("site.yml:5:").doesNotContain("site.yml:4:");
  }

  @Test
  void linesInAPlaybookThatOthersCanWriteAreRefused() throws IOException {
    String playbook = "- hosts: a\n  hooks: {before: say 'x'}\n  tasks: []\n";
    run(playbook);
    Path file = folder.resolve("site.yml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
    Shown shown = run(playbook);
    assertThat(shown.text()).contains("site.yml can be written by others", "refused");
    assertThat(shown.said()).doesNotContain("x");
    assertThat(shown.status()).isOne();
  }

  @Test
  void aScriptCannotEndMolt() throws IOException {
    hook("before { say 'x' }\nafter {\n  if (it.ok) System.exit(3)\n}\n");
    Shown shown = run(ONE_TASK);
    assertThat(shown.text())
        .contains("System.exit would end Molt", "fail 'reason'", "hooks/h.groovy:3:14")
        .doesNotContain("changed");
    assertThat(shown.status()).isOne();
  }

  @Test
  void mistakesSayWhatToDo() throws IOException {
    hook("before { n -> say n }\nbeforeTsk { }\n");
    assertThat(run(ONE_TASK).text())
        .contains("there is no beforeTsk(Closure) here", "did you mean 'beforeTask'?");
    hook("say 'hello'\n");
    assertThat(run(ONE_TASK).text()).contains("say is there in closures only");
    hook("if (vars.x) before { }\n");
    assertThat(run(ONE_TASK).text()).contains("vars is there in closures only");
    hook("before { fail = 'no' }\n");
    assertThat(run(ONE_TASK).text()).contains("fail is a word that has a meaning here");
    hook("before { n = 1 }\nbefore { n += 1; say \"n is $n\" }\n");
    assertThat(run(ONE_TASK).said()).contains("n is 2");
    hook("before { fail 5 }\n");
    assertThat(run(ONE_TASK).text()).contains("it takes (String)");
    hook("after { Integer n -> say n }\n");
    assertThat(run(ONE_TASK).text()).contains("this closure takes (Integer), and is given (Map)");
    hook("before { say 'x'.lenth() }\n");
    assertThat(run(ONE_TASK).text()).contains("a String has no lenth()").doesNotContain("hint");
    hook("// what\n\nbefore {\n  def x = 1\n  if (vars.frozn) fail 'no'\n}\n");
    assertThat(run(ONE_TASK).text()).contains("'frozn' is undefined", "hooks/h.groovy:5:3");
    hook("before { vars.x = 1 }\n");
    assertThat(run(ONE_TASK).text()).contains("variables are set with: set 'x', ...");
    hook("beforeHost { facts.x = 1 }\n");
    assertThat(run(ONE_TASK).text()).contains("facts are set with: set 'x', ...");
    hook("def before() { fail 'x' }\n");
    assertThat(run(ONE_TASK).text()).contains("this file has no hooks");
    hook("before { say frozn }\n");
    assertThat(run(ONE_TASK).text()).contains("vars.frozn");
  }
}
