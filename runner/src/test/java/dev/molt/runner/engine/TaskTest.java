package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.EngineKit.Ran;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.Status;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keywords of one task: conditions, results, loops, retries. */
class TaskTest {
  @TempDir Path folder;
  private EngineKit kit;

  @BeforeEach
  void setUp() {
    kit = new EngineKit(folder).inventory("a\n");
  }

  /** Runs tasks of which the last one asserts what is to be. */
  private Ran passes(String tasks) {
    Ran ran = kit.tasks(tasks);
    assertThat(ran.outcome())
        .as(() -> ran.lines() + " " + ran.last("a").message())
        .isEqualTo(PlaybookRunner.Outcome.OK);
    return ran;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "when: true ~ OK",
        "when: false ~ SKIPPED",
        "when: 1 == 1 ~ OK",
        "when: [true, 1 == 1] ~ OK",
        "when: [true, 1 == 2, nope] ~ SKIPPED",
        "when: yes_text ~ FAILED",
        "when: yes_text == 'yes' ~ OK",
        "when: yes_text | bool ~ OK",
        "when: list ~ FAILED",
        "when: list | length ~ FAILED",
        "when: list | length > 0 ~ OK",
        "when: nope ~ FAILED",
        "when: nope is defined ~ SKIPPED",
        "when: nope is defined and nope.x ~ SKIPPED",
        "when: 'none' ~ FAILED",
        "when: \"{{ true }}\" ~ OK",
        "when: [] ~ OK",
      })
  void conditionsAreBooleans(String when, Status status) {
    Ran ran =
        kit.run(
            "- hosts: all\n  vars: {yes_text: 'yes', list: [1]}\n  tasks:\n"
                + "    - probe: x\n      "
                + when
                + "\n");
    assertThat(ran.last("a").status()).isEqualTo(status);
  }

  @Test
  void anUndefinedConditionSaysWhereAndWhat() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              vars: {release: 1}
              tasks:
                - probe: x
                  when: relaese == 1
            """);
    assertThat(ran.last("a").message())
        .contains("play.yml:5:13")
        .contains("'relaese' is undefined")
        .contains("release");
    assertThat(ran.last("a").result().get("msg").toString()).contains("relaese");
  }

  @Test
  void conditionsOfBlocksComeFirst() {
    passes(
        """
        - when: false
          block:
            - probe: x
              when: nope
              loop: "{{ nope }}"
        """);
  }

  @Test
  void registersWhatAnsibleRegisters() {
    passes(
        """
        - {probe: {msg: hello, value: {a: 1}}, register: r}
        - {probe: {change: true}, register: c}
        - {probe: {fail: oh}, ignore_errors: true, register: f}
        - {probe: x, when: false, register: s}
        - assert:
            that:
              - r.msg == 'hello' and r.value.a == 1 and not r.changed and not r.failed
              - r is success and r is not changed
              - c is changed and c is not failed
              - f is failed and f.msg == 'oh' and f.failed
              - s is skipped and s.skip_reason == 'Conditional result was False'
              - s is not failed and s is not changed
        """);
  }

  @Test
  void loopsRegisterEveryItem() {
    Ran ran =
        passes(
            """
            - probe: {msg: "{{ item }}", change: "{{ item == 2 }}"}
              loop: [1, 2, 3]
              when: item != 3
              register: r
            - assert:
                that:
                  - r.results | length == 3
                  - r.results | map(attribute='item') | list == [1, 2, 3]
                  - r.results[0].msg == '1' and r.results[0].ansible_loop_var == 'item'
                  - r.results[1] is changed and r.results[0] is not changed
                  - r.results[2] is skipped
                  - r is changed and r is not failed
                  - r.msg == 'All items completed'
            """);
    assertThat(ran.items())
        .extracting(RunEvent.HostResult::status)
        .containsExactly(Status.OK, Status.CHANGED, Status.SKIPPED);
    assertThat(ran.log()).containsExactly("a 1", "a 2");
  }

  @Test
  void aFailedItemDoesNotStopTheLoop() {
    Ran ran =
        kit.tasks(
            """
            - probe: {msg: "{{ item }}", fail: "{{ 'bad ' ~ item if item == 1 else omit }}"}
              loop: [1, 2]
              register: r
              ignore_errors: true
            - assert:
                that:
                  - r is failed and r.results[0] is failed and r.results[1] is not failed
            """);
    assertThat(ran.lines()).containsExactly("PLAY all: a", "probe: a ignored", "assert: a ok");
    assertThat(ran.results().get(0).message()).isEqualTo("1: bad 1");
  }

  @Test
  void allItemsSkippedIsSkippedAndSoIsAnEmptyLoop() {
    Ran ran =
        passes(
            """
            - {probe: x, loop: [1, 2], when: false, register: r}
            - {probe: x, loop: [], register: e}
            - assert: {that: r is skipped and e is skipped and not e.results}
            """);
    assertThat(ran.recap()).containsExactly("a ok=1 skipped=2");
  }

  @Test
  void loopControl() {
    Ran ran =
        passes(
            """
            - probe: "{{ n }} {{ one.x }} {{ ansible_loop_var }}"
              loop: [{x: p, secret: 1}, {x: q, secret: 2}]
              loop_control:
                loop_var: one
                index_var: n
                label: "the {{ one.x }}"
                pause: 0.05
              register: r
            - assert:
                that: r.results[1].one.x == 'q' and r.results[1].ansible_loop_var == 'one'
            """);
    assertThat(ran.log()).containsExactly("a 0 p one", "a 1 q one");
    assertThat(ran.items())
        .extracting(i -> i.item().orElseThrow())
        .containsExactly("the p", "the q");
  }

  @Test
  void aLabelThatCannotBeEvaluatedShowsAsWritten() {
    Ran ran = passes("- {probe: x, loop: [1], loop_control: {label: \"{{ nope }}\"}}\n");
    assertThat(ran.items().get(0).item()).contains("{{ nope }}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause: soon", "pause: \"{{ nope }}\""})
  void loopControlThatCannotBeEvaluatedFailsTheTask(String control) {
    Ran ran = kit.tasks("- {probe: x, loop: [1], loop_control: {" + control + "}}\n");
    assertThat(ran.last("a").status()).isEqualTo(Status.FAILED);
    assertThat(ran.last("a").message()).doesNotContain("internal error").contains("play.yml:4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "with_items: [1, [2, 3]] ~ 1 2 3",
        "with_items: '{{ [[1, [2]], 3] }}' ~ 1 [2] 3",
        "with_list: [1, [2, 3]] ~ 1 [2, 3]",
        "loop: '{{ [1, 2] + [3] }}' ~ 1 2 3",
        "loop: \"{{ {'k': 1} | dict2items }}\" ~ {\"key\": \"k\", \"value\": 1}",
        "with_dict: {k: v} ~ {\"key\": \"k\", \"value\": \"v\"}",
      })
  void kindsOfLoops(String loop, String items) {
    Ran ran = passes("- probe: {msg: \"{{ item | to_json }}\"}\n  " + loop + "\n");
    assertThat(ran.log().stream().map(l -> l.substring(2)).collect(Collectors.joining(" ")))
        .isEqualTo(items);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "loop: '{{ {1: 2} }}' ~ got this instead: {1: 2}",
        "loop: text ~ got this instead: 'text'",
        "with_dict: [1] ~ with_dict expects a dict",
      })
  void loopsOverWhatIsNoList(String loop, String message) {
    assertThat(kit.tasks("- probe: x\n  " + loop + "\n").last("a").message()).contains(message);
  }

  @Test
  void triesAgainUntilItHolds() {
    Ran ran =
        passes(
            """
            - probe: {msg: try, value: "{{ 7 }}"}
              register: r
              until: r.attempts is undefined or r.value == 7
              retries: 5
              delay: 0
            - assert: {that: [r.attempts == 1]}
            """);
    assertThat(ran.log()).containsExactly("a try");
  }

  @Test
  void givesUpAfterTheRetries() {
    Ran ran =
        kit.tasks(
            """
            - {probe: {msg: try}, until: false, retries: 2, delay: 0, register: r, ignore_errors: true}
            - assert: {that: r is failed}
            """);
    assertThat(ran.log()).containsExactly("a try", "a try", "a try");
    assertThat(ran.lines()).endsWith("assert: a ok");
    assertThat(ran.results().get(0).message()).startsWith("gave up after 3 attempts");
    assertThat(ran.events())
        .filteredOn(RunEvent.Retrying.class::isInstance)
        .extracting(e -> ((RunEvent.Retrying) e).attempt())
        .containsExactly(1, 2);
  }

  @Test
  void retriesAloneWaitForSuccess() {
    Ran ran = kit.tasks("- {probe: {msg: try, fail: oh}, retries: 1, delay: 0}\n");
    assertThat(ran.log()).containsExactly("a try", "a try");
    assertThat(ran.last("a").message()).isEqualTo("gave up after 2 attempts: oh");
  }

  @Test
  void anUnreachableHostIsNotTriedAgain() {
    Ran ran = kit.tasks("- {probe: {msg: try, lose: true}, retries: 3, delay: 0}\n");
    assertThat(ran.log()).containsExactly("a try");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{change: true} ~ changed_when: false ~ OK",
        "{msg: m} ~ changed_when: r.msg == 'm' ~ CHANGED",
        "{msg: m} ~ changed_when: [true, r.msg == 'n'] ~ OK",
        "{msg: m} ~ changed_when: nope ~ FAILED",
        "{msg: m} ~ changed_when: r.msg ~ FAILED",
        "{fail: oh} ~ failed_when: false ~ OK",
        "{fail: oh} ~ failed_when: r.msg == 'oh' ~ FAILED",
        "{fail: oh, change: true} ~ changed_when: true ~ FAILED",
        "{msg: m} ~ failed_when: r.msg == 'm' ~ FAILED",
        "{change: true} ~ failed_when: r is changed ~ FAILED",
        "{msg: m} ~ failed_when: [r.msg == 'm', false] ~ OK",
      })
  void judgesByItsOwnConditions(String options, String keyword, Status status) {
    Ran ran = kit.tasks("- probe: " + options + "\n  register: r\n  " + keyword + "\n");
    assertThat(ran.last("a").status()).isEqualTo(status);
  }

  @Test
  void omitLeavesAnOptionOut() {
    passes(
        """
        - {probe: {msg: m, value: "{{ nope | default(omit) }}"}, register: r}
        - assert: {that: r.value is undefined}
        """);
  }

  @Test
  void environmentsOfPlayBlockAndTaskMerge() {
    kit.transport().host("a").when("run").answer("done");
    Ran ran =
        kit.run(
            """
            - hosts: all
              environment: {A: play, B: play, C: play}
              tasks:
                - environment: [{B: block}, {C: block}]
                  block:
                    - probe: {run: run it}
                      environment: {C: "it's {{ inventory_hostname }}"}
            """);
    assertThat(ran.last("a").message()).isEqualTo("");
    assertThat(kit.transport().host("a").runs().get(0).text())
        .contains("export A=play\\n".replace("\\n", "\n"))
        .contains("export B=block\n")
        .contains("export C=")
        .doesNotContain("C=block")
        .endsWith("run it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "become: true ~ `` ~ root sudo",
        "become: false ~ `` ~ login",
        "become: true; become_user: x ~ `` ~ x sudo",
        "become: true; become_user: x; become_method: su ~ `` ~ x su",
        "become: false ~ ansible_become=true ~ root sudo",
        "become: true ~ ansible_become=false ~ login",
        "become: true; become_user: x ~ ansible_become_user=y ~ y sudo",
        "become: true ~ ansible_become_method=doas ~ root doas",
      })
  void becomeVariablesWinOverKeywords(String keywords, String hostVars, String as) {
    kit.inventory("a " + hostVars + "\n").transport().host("a").when("id").answer("x");
    kit.run(
        "- hosts: all\n  tasks:\n    - probe: {run: id}\n      "
            + keywords.replace("; ", "\n      ")
            + "\n");
    var identity = kit.transport().host("a").runs().get(0).identity();
    String found =
        identity
            .method()
            .map(m -> identity.user() + " " + m.name().toLowerCase(java.util.Locale.ROOT))
            .orElse("login");
    assertThat(found).isEqualTo(as);
  }
}
