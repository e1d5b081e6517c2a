package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.EngineKit.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which hosts do which tasks when: batches, handlers, run_once, delegation, tags, includes, meta.
 */
class PlayTest {
  @TempDir Path folder;
  private EngineKit kit;

  @BeforeEach
  void setUp() {
    kit = new EngineKit(folder);
  }

  @Test
  void sectionsRunInTheirOrderEachWithItsHandlers() {
    Ran ran =
        kit.limit("a")
            .run(
                """
                - hosts: all
                  post_tasks: [{name: post, probe: {change: true}, notify: h}]
                  tasks: [{name: task, probe: {change: true}, notify: h}]
                  pre_tasks: [{name: pre, probe: {change: true}, notify: h}]
                  handlers: [{name: h, probe: x}]
                """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a",
            "pre: a changed",
            "handler h: a ok",
            "task: a changed",
            "handler h: a ok",
            "post: a changed",
            "handler h: a ok");
  }

  @Test
  void handlersRunOnceInTheOrderOfTheirDefinitionWhereNotified() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              tasks:
                - name: one
                  probe: {change: "{{ inventory_hostname != 'c' }}"}
                  notify: [second, group]
                - name: two
                  probe: {change: true}
                  when: inventory_hostname == 'a'
                  notify: second
                - name: not changed
                  probe: x
                  notify: first
              handlers:
                - {name: first, probe: x}
                - {name: listens, probe: x, listen: group}
                - {name: second, probe: x}
                - {name: listens too, probe: x, listen: [other, group]}
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "one: a b changed, c ok",
            "two: a changed, b c skipped",
            "not changed: a b c ok",
            "handler listens: a b ok",
            "handler second: a b ok",
            "handler listens too: a b ok");
  }

  @Test
  void aHandlerMayNotifyALaterOne() {
    Ran ran =
        kit.limit("a")
            .run(
                """
                - hosts: all
                  tasks: [{name: t, probe: {change: true}, notify: one}]
                  handlers:
                    - {name: one, probe: {change: true}, notify: two}
                    - {name: two, probe: x}
                """);
    assertThat(ran.lines()).endsWith("handler one: a changed", "handler two: a ok");
  }

  @Test
  void ofTwoHandlersOfOneNameTheFirstOneAnswers() {
    Ran ran =
        kit.limit("a")
            .run(
                """
                - hosts: all
                  tasks: [{name: t, probe: {change: true}, notify: h}]
                  handlers:
                    - {name: h, probe: first}
                    - {name: h, probe: second}
                """);
    assertThat(ran.log()).containsExactly("a first");
    assertThat(ran.lines()).hasSize(3);
  }

  @Test
  void flushHandlersRunsThemNow() {
    Ran ran =
        kit.limit("a")
            .run(
                """
                - hosts: all
                  tasks:
                    - {name: t, probe: {change: true}, notify: h}
                    - meta: flush_handlers
                    - {name: u, probe: x}
                  handlers: [{name: h, probe: x}]
                """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a", "t: a changed", "handler h: a ok", "u: a ok");
  }

  @ParameterizedTest
  @CsvSource({"false,0", "true,1"})
  void aFailureLosesHandlersUnlessTheyAreForced(boolean force, int runs) {
    Ran ran =
        kit.run(
            """
            - hosts: all
              force_handlers: %s
              pre_tasks:
                - {name: t, probe: {change: true}, notify: h, when: inventory_hostname == 'a'}
                - {name: u, probe: {fail: "no"}, when: inventory_hostname == 'a'}
              tasks:
                - {name: v, probe: x}
              handlers: [{name: h, probe: x}]
            """
                .formatted(force));
    assertThat(ran.lines().stream().filter(l -> l.equals("handler h: a ok"))).hasSize(runs);
    assertThat(ran.lines()).endsWith("v: b c ok");
    assertThat(ran.outcome().exitStatus()).isEqualTo(2);
  }

  @Test
  void notificationsDoNotOutliveThePlay() {
    Ran ran =
        kit.limit("a")
            .run(
                """
                - hosts: all
                  tasks:
                    - {name: t, probe: {change: true}, notify: h}
                    - meta: end_host
                  handlers: [{name: h, probe: x}]
                - hosts: all
                  tasks: [{name: u, probe: x}]
                  handlers: [{name: h, probe: x}]
                """);
    assertThat(ran.lines()).endsWith("PLAY all: a", "u: a ok");
  }

  @Test
  void anUnknownHandlerFailsTheTaskAndNamesTheNearest() {
    Ran ran =
        kit.limit("a")
            .run(
                """
                - hosts: all
                  tasks: [{name: t, probe: {change: true}, notify: restart tegu}]
                  handlers: [{name: Restart tegu, probe: x}, {name: "{{ nope }}", probe: x}]
                """);
    assertThat(ran.last("a").message())
        .contains("The requested handler 'restart tegu' was not found")
        .contains("Restart tegu");
    assertThat(ran.outcome().exitStatus()).isEqualTo(2);
  }

  @Test
  void runOnceCountsForAll() {
    Ran ran =
        kit.tasks(
            """
            - {name: once, probe: {value: 7, change: true}, run_once: true, register: r}
            - {name: facts, set_fact: {f: "{{ inventory_hostname }}"}, run_once: true}
            - assert: {that: [r.value == 7, r is changed, f == 'a']}
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "once: a changed", "facts: a ok", "assert: a b c ok");
  }

  @Test
  void aRunOnceThatFailsFailsAll() {
    Ran ran =
        kit.tasks(
            """
            - block:
                - {name: once, probe: {fail: "no"}, run_once: true}
              rescue:
                - {name: rescue, probe: x}
            - {name: once, probe: {fail: "no"}, run_once: true}
            - {name: never, probe: x}
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "once: a failed", "rescue: a b c ok", "once: a failed");
    assertThat(ran.recap()).containsExactly("a ok=1 failed=1 rescued=1", "b ok=1", "c ok=1");
  }

  @Test
  void delegatesWithTheConnectionOfTheOther() {
    kit.inventory("a ansible_user=ua\nb ansible_become_user=ub\n");
    kit.transport().host("b").when("hello").answer("from b");
    Ran ran =
        kit.run(
            """
            - hosts: a
              become: true
              tasks:
                - name: there
                  probe: {run: "hello {{ inventory_hostname }}"}
                  delegate_to: b
                  register: r
                - assert: {that: r.stdout == 'from b'}
            """);
    assertThat(ran.lines()).containsExactly("PLAY a: a", "there: a changed@b", "assert: a ok");
    assertThat(kit.transport().host("b").runs().get(0).text()).endsWith("hello a");
    assertThat(kit.transport().host("b").runs().get(0).identity().user()).isEqualTo("ub");
  }

  @Test
  void aDelegateInALoop() {
    kit.inventory("a\nb\nc\n").transport().everyHost(h -> h.when("x").answer("ok"));
    kit.run(
        """
        - hosts: a
          tasks:
            - {probe: {run: "x {{ item }}"}, delegate_to: "{{ item }}", loop: [b, c]}
        """);
    assertThat(kit.transport().host("b").runs()).hasSize(1);
    assertThat(kit.transport().host("c").runs()).hasSize(1);
    assertThat(kit.transport().host("a").runs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | a b, c d, e",
        "' 2 ' | a b, c d, e",
        "40% | a b, c d, e",
        "1% | a, b, c, d, e",
        "[1, 2] | a, b c, d e",
        "[1, 100%] | a, b c d e",
        "0 | a b c d e",
        "9 | a b c d e",
        "{{ batch }} | a b c, d e",
      })
  void batches(String serial, String expected) {
    Ran ran =
        kit.inventory("a\nb\nc\nd\ne\n")
            .run(
                "- hosts: all\n  vars: {batch: 3}\n  serial: "
                    + (serial.startsWith("{") || serial.startsWith(" ")
                        ? "'" + serial + "'"
                        : serial)
                    + "\n  tasks: [{probe: x}]\n");
    String plays =
        ran.lines().stream()
            .filter(l -> l.startsWith("PLAY"))
            .map(l -> l.substring("PLAY all: ".length()))
            .collect(Collectors.joining(", "));
    assertThat(plays).isEqualTo(expected);
  }

  @Test
  void aBatchThatFailsWhollyStopsTheRest() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              serial: 1
              tasks: [{name: t, probe: {fail: "no"}, when: inventory_hostname == 'b'}]
            - hosts: a
              tasks: [{name: never, probe: x}]
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a",
            "t: a skipped",
            "PLAY all: b",
            "t: b failed",
            "STOPPED c: the batch before failed",
            "LEFT OUT a: the play before failed");
  }

  @Test
  void throttleLimitsHowManyWorkAtOnce() {
    kit.inventory("a\nb\nc\nd\n").tasks("- {probe: {msg: x, sleep: 30}, throttle: 1}\n");
    assertThat(kit.probe().mostAtOnce()).isEqualTo(1);
    kit.forks(4).tasks("- {probe: {msg: x, sleep: 100}}\n");
    assertThat(kit.probe().mostAtOnce()).isGreaterThan(1);
  }

  @Test
  void forksLimitHowManyWorkAtOnce() {
    kit.inventory("a\nb\nc\nd\n").forks(2).tasks("- {probe: {msg: x, sleep: 30}}\n");
    assertThat(kit.probe().mostAtOnce()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | - | plain x y xy always inherited",
        "x | - | x xy always neverx",
        "y | - | y xy always",
        "x,y | - | x y xy always neverx",
        "tagged | - | x y xy always inherited",
        "untagged | - | plain always",
        "never | - | always never neverx",
        "all | - | plain x y xy always inherited",
        "block | - | always inherited",
        "- | x | plain y always inherited",
        "- | always | plain x y xy inherited",
        "- | tagged | plain",
        "- | untagged | x y xy always inherited",
        "- | all | always",
        "x | xy | x always neverx",
        "nothing | - | always",
      })
  void tags(String only, String skip, String ran) {
    kit.inventory("a\n")
        .tags(
            only == null ? Set.of() : Set.of(only.split(",")),
            skip == null ? Set.of() : Set.of(skip))
        .tasks(
            """
            - probe: plain
            - {probe: x, tags: x}
            - {probe: "y", tags: [y]}
            - {probe: xy, tags: "x, y, xy"}
            - {probe: always, tags: always}
            - {probe: never, tags: never}
            - {probe: neverx, tags: [never, x]}
            - tags: block
              block:
                - probe: inherited
            """);
    assertThat(kit.probe().log().stream().map(l -> l.substring(2))).containsExactly(ran.split(" "));
  }

  @Test
  void includesTheFileOfEachHost() {
    kit.file("tasks/a.yml", "- {name: for a, probe: \"{{ from }} {{ given }}\"}\n")
        .file(
            "tasks/other.yml",
            "- {name: for others, probe: x}\n- include_tasks: a.yml\n  vars: {given: 2}\n");
    Ran ran =
        kit.run(
            """
            - hosts: all
              vars: {from: play}
              tasks:
                - include_tasks: "tasks/{{ 'a' if inventory_hostname == 'a' else 'other' }}.yml"
                  when: inventory_hostname != 'c'
                  vars: {given: 1}
                - {name: after, probe: x}
            """);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a b c",
            "include_tasks: c skipped",
            "for a: a ok",
            "for others: b ok",
            "include_tasks: ",
            "for a: b ok",
            "after: a b c ok");
    assertThat(ran.log()).contains("a play 1", "b play 2");
  }

  @Test
  void keywordsOfAnIncludeHoldForTheIncludeAloneUnlessApplied() {
    kit.file("t.yml", "- probe: {run: id}\n").inventory("a\n");
    kit.transport().host("a").when("id").answer("x");
    kit.tasks(
        """
        - include_tasks: t.yml
          tags: never
          vars: {tags: unused}
        - include_tasks: t.yml
        - include_tasks:
            file: t.yml
            apply: {become: true, tags: x}
        """);
    assertThat(kit.transport().host("a").runs())
        .extracting(r -> r.identity().user())
        .last()
        .isEqualTo("root");
    assertThat(kit.transport().host("a").runs().get(0).identity().method()).isEmpty();
  }

  @Test
  void anIncludeThatFailsIsAFailureOfItsHosts() {
    kit.file("wrong.yml", "- prboe: x\n");
    Ran ran =
        kit.tasks(
            """
            - name: get it
              include_tasks: "{{ 'nope' if inventory_hostname == 'a' else 'wrong' }}.yml"
              when: inventory_hostname != 'c'
            - {name: after, probe: x}
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "get it: a b failed, c skipped", "after: c ok");
    assertThat(ran.last("a").message()).contains("there is no file").contains("play.yml:");
    assertThat(ran.last("b").message()).contains("wrong.yml:1:3").contains("probe");
  }

  @Test
  void endsAHost() {
    Ran ran =
        kit.run(
            """
            - hosts: all
              tasks:
                - meta: noop
                - {meta: end_host, when: inventory_hostname == 'b'}
                - {name: t, probe: "{{ ansible_play_hosts | join(' ') }}"}
            - hosts: all
              tasks: [{name: next, probe: x}]
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "t: a c ok", "PLAY all: a b c", "next: a b c ok");
    assertThat(ran.outcome()).isEqualTo(PlaybookRunner.Outcome.OK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "end_play | PLAY all: a; PLAY all: b; t: b ok; PLAY a: a; next: a ok",
        "end_batch | PLAY all: a; PLAY all: b; t: b ok; PLAY all: c; t: c ok; PLAY a: a; next: a"
            + " ok",
      })
  void endsAPlayOrItsBatch(String action, String expected) {
    Ran ran =
        kit.run(
            """
            - hosts: all
              serial: 1
              tasks:
                - {meta: end_batch, when: inventory_hostname == 'a'}
                - {name: t, probe: x}
                - {meta: %s, when: inventory_hostname == 'b'}
                - {name: u, probe: x, when: false, tags: never}
            - hosts: a
              tasks: [{name: next, probe: x}]
            """
                .formatted(action));
    assertThat(String.join("; ", ran.lines())).isEqualTo(expected);
  }

  @Test
  void aMetaWhoseConditionCannotBeEvaluatedFailsTheHost() {
    Ran ran = kit.tasks("- {name: m, meta: end_host, when: nope}\n- {name: t, probe: x}\n");
    assertThat(ran.outcome()).isEqualTo(PlaybookRunner.Outcome.HOSTS_FAILED);
    assertThat(ran.lines()).contains("m: a failed").doesNotContain("t: a b c ok");
  }

  @Test
  void handlersMayBeIncludesAndMeta() {
    kit.file("h.yml", "- {name: inside, probe: x}\n").limit("a");
    Ran ran =
        kit.run(
            """
            - hosts: all
              tasks: [{name: t, probe: {change: true}, notify: [inc, noop]}]
              handlers:
                - {name: inc, include_tasks: h.yml}
                - {name: noop, meta: noop}
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a", "t: a changed", "handler inc: ", "handler inside: a ok");
  }

  @Test
  void aLimitLeavesHostsOutAndNoHostIsAMistake() {
    assertThat(kit.limit("web:!a").tasks("- probe: x\n").lines()).contains("PLAY all: b");
    assertThat(new EngineKit(folder).limit("a").mistakes("- hosts: db\n  tasks: []\n"))
        .isEqualTo(
            List.of(
                "no host is selected, so there is nothing to run on = look at the play's hosts, the"
                    + " inventory and --limit"));
  }
}
