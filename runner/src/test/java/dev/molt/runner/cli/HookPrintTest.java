package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What scripts print: through the events, masked. */
class HookPrintTest extends HookKit {
  private static final String SECRET = "geheim123";

  /** A task with a secret option, so that the secret is known from there on. */
  private static final String WITH_SECRET =
      """
      - hosts: a
        gather_facts: false
        hooks: h.groovy
        vars: {pass: %s}
        tasks: [{name: one, known: {secret: "{{ pass }}"}}]
      """
          .formatted(SECRET);

  private void knownModule() throws IOException {
    Files.createDirectories(folder.resolve("library"));
    Files.writeString(
        folder.resolve("library/known.groovy"),
        """
        summary 'Takes a secret'
        option 'secret', sensitive: true
        plan { o -> println "planned with $o.secret" }
        """);
  }

  @Test
  void everyWayToPrintIsMaskedAndTold() throws IOException {
    knownModule();
    hook(
        """
        println 'on top'
        System.out.println 'on top, too'
        class Helper { void help(text) { println "helped $text" } }
        afterTask {
          say "said ${vars.pass}"
          println "printed ${vars.pass}"
          print 'in '; print 'parts'; println()
          printf '%s %d%n', 'formatted', 7
          System.out.println "out ${vars.pass}"
          System.err.println "err ${vars.pass}"
          new Helper().help(vars.pass)
          Thread.start { println "thread ${vars.pass}" }.join()
          print 'no end'
        }
        """);
    Shown shown = run(WITH_SECRET);
    assertThat(shown.said())
        .containsSubsequence("on top", "on top, too")
        .contains("a: planned with ********")
        .containsSubsequence(
            "a: said ********",
            "a: printed ********",
            "a: in parts",
            "a: formatted 7",
            "a: out ********",
            "a: err ********",
            "a: helped ********",
            "a: thread ********",
            "a: no end");
    assertThat(shown.text()).doesNotContain(SECRET);
    assertThat(shown.status()).isZero();
  }

  @Test
  void filtersAndIncludedHooksPrint() throws IOException {
    Files.createDirectories(folder.resolve("filters"));
    Files.writeString(
        folder.resolve("filters/loud.groovy"), "filter { v -> println \"filters $v\"; v }\n");
    hook("println 'loaded late'\n before { say 'x' }\n");
    Files.writeString(folder.resolve("more.yml"), "- {command: \"true\", hooks: h.groovy}\n");
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              tasks:
                - debug: {msg: "{{ 'it' | loud }}"}
                - include_tasks: more.yml
            """);
    assertThat(shown.said()).contains("a: filters it", "a: loaded late", "a: x");
  }

  @Test
  void whatMayNotBeSeenIsNotSaid() throws IOException {
    hook(
        """
        beforeTask { say "before ${task.name}" }
        afterTask { say it.stdout; System.out.println it.stdout; fail "it was ${it.stdout}" }
        onFailure { say it.msg; fail "again ${it.msg}" }
        """);
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              hooks: h.groovy
              tasks: [{name: one, command: echo open sesame, no_log: true}]
            """);
    assertThat(shown.said()).contains("a: (hidden: the task says no_log)");
    assertThat(shown.text()).doesNotContain("sesame").doesNotContain("before one");
    assertThat(shown.status()).isEqualTo(2);
  }

  @Test
  void resultsAreWithoutWhatIsMeantForTheScreen() throws IOException {
    hook("afterTask { say it.keySet().findAll { k -> k.startsWith('_') } }\n");
    assertThat(
            run("""
                    - hosts: a
                      gather_facts: false
                      hooks: h.groovy
                      tasks: [{debug: {msg: hello}}]
                    """)
                .said())
        .contains("a: []");
  }

  @Test
  void whatEndsAThreadIsAWarningAtItsLine() throws IOException {
    hook(
        """
        beforeTask {
          Thread.start {
            throw new IllegalStateException('in a thread')
          }.join()
        }
        """);
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              hooks: h.groovy
              tasks: [{command: "true"}]
            """);
    assertThat(shown.text())
        .contains("warning: IllegalStateException: in a thread", "hooks/h.groovy:3:5")
        .doesNotContain("\tat ");
    assertThat(shown.status()).isZero();
  }
}
