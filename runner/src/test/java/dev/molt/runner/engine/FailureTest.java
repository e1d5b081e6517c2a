package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.EngineKit.Ran;
import dev.molt.runner.engine.PlaybookRunner.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failure does to the host, to the others, and to the rest of the run. */
class FailureTest {
  @TempDir Path folder;
  private EngineKit kit;

  @BeforeEach
  void setUp() {
    kit = new EngineKit(folder);
  }

  @Test
  void eachTaskRunsOnAllHostsBeforeTheNext() {
    Ran ran = kit.tasks("- probe: one\n- probe: two\n");
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "probe: a b c ok", "probe: a b c ok");
    assertThat(ran.log().subList(0, 3)).containsExactlyInAnyOrder("a one", "b one", "c one");
    assertThat(ran.outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aFailedHostLeavesAndTheOthersGoOn() {
    Ran ran =
        kit.tasks(
            """
            - name: one
              probe: {fail: "no"}
              when: inventory_hostname == 'b'
            - name: two
              probe: two
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "one: a c skipped, b failed", "two: a c ok");
    assertThat(ran.recap()).containsExactly("a ok=1 skipped=1", "b failed=1", "c ok=1 skipped=1");
    assertThat(ran.outcome().exitStatus()).isEqualTo(2);
  }

  @Test
  void anUnreachableHostLeavesAndCountsApart() {
    Ran ran =
        kit.tasks(
            """
            - name: one
              probe: {lose: "{{ inventory_hostname == 'a' }}"}
            - name: two
              probe: two
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "one: a unreachable, b c ok", "two: b c ok");
    assertThat(ran.recap()).containsExactly("a unreachable=1", "b ok=2", "c ok=2");
    assertThat(ran.outcome().exitStatus()).isEqualTo(4);
  }

  @Test
  void unreachableOutweighsFailedInTheExitStatusAsInAnsible() {
    Ran ran =
        kit.tasks(
            """
            - probe: {lose: "{{ inventory_hostname == 'a' }}"}
            - probe: {fail: "no"}
              when: inventory_hostname == 'b'
            """);
    assertThat(ran.outcome().exitStatus()).isEqualTo(4);
  }

  @Test
  void ignoresWhatItIsToldToIgnore() {
    Ran ran =
        kit.tasks(
            """
            - name: failed
              probe: {fail: "no"}
              ignore_errors: true
              register: r
            - name: lost
              probe: {lose: true}
              ignore_unreachable: true
            - name: both
              probe: {lose: "{{ inventory_hostname == 'a' }}"}
              ignore_errors: true
            - name: seen
              assert: {that: [r is failed, r.msg == 'no']}
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "failed: a b c ignored",
            "lost: a b c ignored",
            "both: a unreachable, b c ok",
            "seen: b c ok");
    assertThat(ran.recap())
        .containsExactly("a ok=2 unreachable=1 ignored=2", "b ok=4 ignored=2", "c ok=4 ignored=2");
  }

  @Test
  void rescuesAndTellsWhatFailed() {
    Ran ran =
        kit.tasks(
            """
            - block:
                - name: breaks {{ inventory_hostname }}
                  probe: {fail: "no", value: 7}
                  when: inventory_hostname != 'c'
                - name: not on a
                  probe: x
              rescue:
                - name: rescue
                  assert:
                    that:
                      - ansible_failed_task.name is search('breaks')
                      - ansible_failed_task.action == 'probe'
                      - ansible_failed_result.msg == 'no'
                      - ansible_failed_result.value == 7
                      - ansible_failed_result is failed
              always:
                - name: always
                  probe: always
            - name: after
              probe: after
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "breaks a: a b failed, c skipped",
            "not on a: c ok",
            "rescue: a b ok",
            "always: a b c ok",
            "after: a b c ok");
    assertThat(ran.recap())
        .containsExactly("a ok=3 rescued=1", "b ok=3 rescued=1", "c ok=3 skipped=1");
    assertThat(ran.outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void nestedBlocksRescueFromTheInside() {
    Ran ran =
        kit.tasks(
            """
            - block:
                - block:
                    - name: first
                      probe: {fail: "1"}
                  rescue:
                    - name: inner rescue
                      probe: {fail: "2"}
                  always:
                    - name: inner always
                      probe: {msg: x}
                - name: never
                  probe: x
              rescue:
                - name: outer rescue
                  assert: {that: ansible_failed_result.msg == '2'}
              always:
                - name: outer always
                  probe: x
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "first: a b c failed",
            "inner rescue: a b c failed",
            "inner always: a b c ok",
            "outer rescue: a b c ok",
            "outer always: a b c ok");
    assertThat(ran.recap().get(0)).isEqualTo("a ok=3 rescued=2");
    assertThat(ran.outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void alwaysRunsAfterAFailureAndTheHostStaysFailed() {
    Ran ran =
        kit.tasks(
            """
            - block:
                - name: breaks
                  probe: {fail: "no"}
                  when: inventory_hostname == 'a'
              always:
                - name: always
                  probe: x
            - name: after
              probe: x
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "breaks: a failed, b c skipped",
            "always: a b c ok",
            "after: b c ok");
    assertThat(ran.recap().get(0)).isEqualTo("a ok=1 failed=1");
    assertThat(ran.outcome()).isEqualTo(Outcome.HOSTS_FAILED);
  }

  @Test
  void aRescueThatFailsCountsBoth() {
    Ran ran =
        kit.tasks(
            """
            - block:
                - probe: {fail: "1"}
              rescue:
                - probe: {fail: "2"}
            """);
    assertThat(ran.recap().get(0)).isEqualTo("a failed=1 rescued=1");
    assertThat(ran.outcome()).isEqualTo(Outcome.HOSTS_FAILED);
  }

  @Test
  void unreachableHostsAreNotRescued() {
    Ran ran =
        kit.tasks(
            """
            - block:
                - name: breaks
                  probe:
                    lose: "{{ inventory_hostname == 'a' }}"
                    fail: "{{ 'no' if inventory_hostname == 'b' else omit }}"
              rescue:
                - name: rescue
                  probe: x
              always:
                - name: always
                  probe: x
            - name: after
              probe: x
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "breaks: a unreachable, b failed, c ok",
            "rescue: b ok",
            "always: b c ok",
            "after: b c ok");
    assertThat(ran.outcome()).isEqualTo(Outcome.HOSTS_UNREACHABLE);
  }

  @Test
  void anyErrorsFatalSendsAllHostsToTheRescue() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              any_errors_fatal: true
              tasks:
                - block:
                    - name: breaks
                      probe: {fail: "no"}
                      when: inventory_hostname == 'b'
                    - name: never
                      probe: x
                  rescue:
                    - name: rescue
                      probe: x
                - name: after
                  probe: x
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "breaks: a c skipped, b failed",
            "STOPPED a c: stopped, because b failed",
            "rescue: a b c ok",
            "after: a b c ok");
    assertThat(ran.recap())
        .containsExactly("a ok=2 skipped=1", "b ok=2 rescued=1", "c ok=2 skipped=1");
    assertThat(ran.outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aHostThatWasRescuedForAnotherAndFailsLaterCountsAsFailed() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              tasks:
                - any_errors_fatal: true
                  block:
                    - probe: {fail: "no"}
                      when: inventory_hostname == 'b'
                  rescue:
                    - probe: x
                - probe: {fail: "later"}
                  when: inventory_hostname == 'a'
            """);
    assertThat(ran.recap()).contains("a ok=1 failed=1 skipped=1");
    assertThat(ran.outcome()).isEqualTo(Outcome.HOSTS_FAILED);
  }

  @Test
  void anyErrorsFatalWithoutRescueEndsTheRun() {
    Ran ran =
        kit.run(
            """
            - hosts: web
              any_errors_fatal: true
              tasks:
                - name: breaks
                  probe: {fail: "no"}
                  when: inventory_hostname == 'b'
                - name: never
                  probe: x
            - hosts: db
              tasks:
                - name: never in the next play
                  probe: x
            """);
    assertThat(ran.lines())
        .startsWith(
            "PLAY web: a b", "breaks: a skipped, b failed", "STOPPED a: stopped, because b failed")
        .noneMatch(l -> l.startsWith("never"));
    assertThat(ran.outcome()).isEqualTo(Outcome.HOSTS_FAILED);
  }

  @Test
  void anyErrorsFatalHoldsForAnUnreachableHostToo() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              any_errors_fatal: true
              tasks:
                - block:
                    - name: breaks
                      probe: {lose: "{{ inventory_hostname == 'a' }}"}
                  rescue:
                    - name: rescue
                      probe: x
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "breaks: a unreachable, b c ok",
            "STOPPED b c: stopped, because a failed",
            "rescue: b c ok");
  }

  @Test
  void aTaskMayTakeItselfOutOfAnyErrorsFatal() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              any_errors_fatal: true
              tasks:
                - name: breaks
                  probe: {fail: "no"}
                  when: inventory_hostname == 'b'
                  any_errors_fatal: false
                - name: after
                  probe: x
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "breaks: a c skipped, b failed", "after: a c ok");
  }

  @Test
  void aPlayThatFailsOnAllHostsEndsTheRun() {
    Ran ran =
        kit.run(
            """
            - hosts: db
              tasks:
                - name: breaks
                  probe: {fail: "no"}
            - hosts: web
              tasks:
                - name: never
                  probe: x
            """);
    assertThat(ran.lines()).contains("breaks: c failed").noneMatch(l -> l.startsWith("never"));
  }

  @Test
  void failedHostsStayOutOfLaterPlays() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              tasks:
                - name: breaks
                  probe: {fail: "no"}
                  when: inventory_hostname == 'b'
            - hosts: web
              tasks:
                - name: next
                  probe: x
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c", "breaks: a c skipped, b failed", "PLAY web: a", "next: a ok");
  }

  @Test
  void aBugInAModuleOnOneHostHidesNothingOfTheOthers() {
    Ran ran =
        kit.tasks(
            """
            - name: breaks
              probe: {bug: "{{ inventory_hostname == 'b' }}"}
            - name: after
              probe: x
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "breaks: a c ok, b failed", "after: a c ok");
    assertThat(ran.last("b").message())
        .startsWith("internal error: java.lang.IllegalStateException: a bug at dev.molt");
  }

  @Test
  void aBugMayBeRescuedAndIgnoredLikeAnyFailure() {
    Ran ran =
        kit.tasks(
            """
            - probe: {bug: true}
              ignore_errors: true
            - name: after
              probe: x
            """);
    assertThat(ran.lines()).endsWith("after: a b c ok");
  }

  @Test
  void maxFailPercentageMustBeExceeded() {
    String play =
        """
        - hosts: all
          max_fail_percentage: %s
          tasks:
            - name: breaks
              probe: {fail: "no"}
              when: inventory_hostname == 'b'
            - name: after
              probe: x
        """;
    kit.inventory("a\nb\nc\nd\n");
    assertThat(kit.run(play.formatted(25)).lines()).endsWith("after: a c d ok");
    assertThat(new EngineKit(folder).inventory("a\nb\nc\nd\n").run(play.formatted(24)).lines())
        .contains("STOPPED a c d: stopped, because b failed (max_fail_percentage is 24)")
        .noneMatch(l -> l.startsWith("after"));
  }

  @Test
  void whatDoesNotConvergeFails() {
    Ran ran = kit.tasks("- probe: {state: up, stubborn: true}\n");
    assertThat(ran.last("a").message())
        .isEqualTo(
            "probe did not converge: the change was made without an error, but the host still"
                + " differs (probe state: is '', should be 'up')");
    assertThat(ran.recap().get(0)).isEqualTo("a failed=1");
  }

  @Test
  void aKeywordThatCannotBeEvaluatedFailsTheTaskAndNotTheRun() {
    for (String keyword :
        new String[] {
          "run_once: \"{{ nope }}\"",
          "throttle: \"{{ nope }}\"",
          "ignore_errors: \"{{ nope }}\"\n  failed_when: true",
          "no_log: \"{{ nope }}\"",
          "retries: \"{{ nope }}\"",
          "delegate_to: \"{{ nope }}\"",
          "environment: {A: \"{{ nope }}\"}",
          "check_mode: \"{{ nope }}\""
        }) {
      Ran ran = new EngineKit(folder).tasks("- name: t\n  probe: x\n  " + keyword + "\n");
      assertThat(ran.outcome()).as(keyword).isEqualTo(Outcome.HOSTS_FAILED);
      assertThat(ran.lines().get(1)).as(keyword).startsWith("t: ").contains(" failed");
      assertThat(ran.last("b").message()).as(keyword).contains("nope");
    }
  }

  @Test
  void stopsWhereAnyErrorsFatalCannotBeEvaluated() {
    Ran ran =
        kit.tasks(
            """
            - name: breaks
              probe: {fail: "no"}
              when: inventory_hostname == 'b'
              any_errors_fatal: "{{ nope }}"
            - name: after
              probe: x
            """);
    assertThat(ran.lines().get(2)).startsWith("STOPPED a c: ").contains("'nope' is undefined");
    assertThat(ran.lines()).hasSize(3);
  }
}
