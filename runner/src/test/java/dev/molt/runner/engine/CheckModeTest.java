package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.EngineKit.Ran;
import dev.molt.runner.event.RunEvent.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check changes nothing, and foretells what a run would do as far as that can be known. */
class CheckModeTest {
  @TempDir Path folder;
  private EngineKit kit;

  @BeforeEach
  void setUp() {
    kit = new EngineKit(folder).inventory("a\n");
  }

  @Test
  void foretellsChangesAndCarriesThemOn() {
    Ran ran =
        kit.check()
            .tasks(
                """
                - {name: start, probe: {state: up, msg: acted}}
                - {name: started already, probe: {state: up}}
                - {name: stop, probe: {state: down}}
                """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a", "start: a changed", "started already: a ok", "stop: a changed");
    assertThat(kit.probe().state("a")).isEmpty();
    assertThat(ran.log()).isEmpty();
    assertThat(ran.results().get(2).diffs().get(0).before()).isEqualTo("up");
  }

  @Test
  void aRealRunDoesWhatTheCheckForetold() {
    Ran ran =
        kit.tasks(
            """
            - {name: start, probe: {state: up, msg: acted}}
            - {name: started already, probe: {state: up}}
            """);
    assertThat(ran.lines()).endsWith("start: a changed", "started already: a ok");
    assertThat(kit.probe().state("a")).isEqualTo("up");
  }

  @Test
  void aPeekInARealRunLeavesNoTrace() {
    Ran ran =
        kit.tasks(
            """
            - {name: peek, probe: {state: up}, check_mode: true, register: r}
            - {name: peek again, probe: {state: up}, check_mode: true}
            - {name: do, probe: {state: up}}
            - assert: {that: r is changed}
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a", "peek: a ok", "peek again: a ok", "do: a changed", "assert: a ok");
  }

  @Test
  void aTaskMayRunInACheck() {
    Ran ran =
        kit.check()
            .tasks(
                """
                - {probe: {change: true, msg: did}, check_mode: false, register: r}
                - assert: {that: [r is changed, r.msg == 'did', ansible_check_mode]}
                """);
    assertThat(ran.lines()).endsWith("assert: a ok");
    assertThat(ran.log()).containsExactly("a did");
  }

  @Test
  void whatDependsOnTheUnknownIsUnknownAndDoesNotFail() {
    Ran ran =
        kit.check()
            .tasks(
                """
                - {name: command, probe: {run: x}, register: r}
                - {name: condition, probe: x, when: r.stdout == 'x'}
                - {name: option, probe: "{{ r.stdout }}"}
                - {name: loop, probe: x, loop: "{{ r.stdout_lines }}"}
                - {name: item, probe: "{{ item }}{{ r.stdout }}", loop: [1, 2], register: l}
                - {name: of the loop, probe: "{{ l.results[0].stdout }}"}
                - {name: fact, set_fact: {f: "{{ r.stdout }}"}}
                - {name: judged, probe: x, failed_when: r.stdout == 'x'}
                - {name: asserted, assert: {that: r.stdout == 'x'}}
                - {name: shown, debug: {var: r.stdout}}
                - {name: sure, probe: x}
                - {name: wrong, probe: "{{ nope }}"}
                """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a",
            "command: a unknown",
            "condition: a unknown",
            "option: a unknown",
            "loop: a unknown",
            "item: a unknown",
            "of the loop: a unknown",
            "fact: a unknown",
            "judged: a unknown",
            "asserted: a unknown",
            "shown: a unknown",
            "sure: a ok",
            "wrong: a failed");
    assertThat(ran.last("a").status()).isEqualTo(Status.FAILED);
    assertThat(ran.recap()).containsExactly("a ok=1 unknown=10 failed=1");
  }

  @Test
  void aFactThatIsUnknownStaysUnknown() {
    Ran ran =
        kit.check()
            .tasks(
                """
                - {probe: {run: x}, register: r}
                - set_fact: {f: "{{ r.stdout }}"}
                - {name: uses it, probe: "{{ f }}"}
                """);
    assertThat(ran.lines()).endsWith("uses it: a unknown");
  }

  @Test
  void aFactOfARunOnceTaskIsUnknownToAllHosts() {
    Ran ran =
        kit.inventory("a\nb\n")
            .check()
            .tasks(
                """
                - {set_fact: {f: old, g: old}}
                - {probe: {run: x}, register: r}
                - {set_fact: {f: "{{ r.stdout }}", g: new}, run_once: true}
                - {name: known, assert: {that: g == 'new'}}
                - {name: uses it, probe: "{{ f }}"}
                """);
    assertThat(ran.lines()).endsWith("known: a b ok", "uses it: a b unknown");
  }

  @Test
  void untilDoesNotWaitForWhatIsNotDone() {
    Ran ran =
        kit.check()
            .tasks(
                "- {name: t, probe: {run: x}, register: r, until: r.stdout == 'x', retries: 9, delay: 9}\n");
    assertThat(ran.lines()).endsWith("t: a unknown");
  }
}
