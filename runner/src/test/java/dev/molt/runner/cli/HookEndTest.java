package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
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
    hook("before { say frozn }\n");
    assertThat(run(ONE_TASK).text()).contains("vars.frozn");
  }
}
