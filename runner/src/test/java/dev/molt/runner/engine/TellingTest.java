package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.EngineKit.Ran;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.HostFinished;
import dev.molt.runner.event.RunEvent.HostStarted;
import dev.molt.runner.event.RunEvent.NoHostsRemaining;
import dev.molt.runner.event.RunEvent.Note;
import dev.molt.runner.event.RunEvent.Rescuing;
import dev.molt.runner.event.RunEvent.TaskStarted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a run beside its results. */
class TellingTest {
  @TempDir Path folder;

  private static <T extends RunEvent> List<T> all(Ran ran, Class<T> type) {
    return ran.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noop | true | META: noop; META: noop",
        "end_host | true | META: ending play for a; META: ending play for b",
        "end_play | true | META: ending play",
        "flush_handlers | true | META: triggered running handlers for a;"
            + " META: triggered running handlers for b",
        "clear_facts | true | META: facts cleared",
        "end_host | inventory_hostname == 'b' | META: end_host conditional evaluated to False,"
            + " continuing execution for a; META: ending play for b",
        "end_batch | false | META: end_batch conditional evaluated to False, continuing current"
            + " batch",
      })
  void metaTasksSayWhatTheyDid(String action, String when, String notes) {
    Ran ran =
        new EngineKit(folder)
            .inventory("a\nb\n")
            .tasks("- meta: " + action + "\n  when: " + when + "\n");
    assertThat(all(ran, Note.class).stream().map(Note::message)).containsExactly(notes.split("; "));
    assertThat(all(ran, Note.class)).allMatch(n -> n.verbosity() == 2);
    assertThat(all(ran, TaskStarted.class)).hasSameSizeAs(all(ran, Note.class));
    long skipped = (long) notes.split("evaluated to False", -1).length - 1;
    assertThat(all(ran, HostFinished.class)).hasSize((int) skipped);
    assertThat(ran.recap()).allMatch(line -> !line.contains("="));
  }

  @Test
  void aRescueIsToldOfWithTheTaskThatFailed() {
    Ran ran =
        new EngineKit(folder)
            .inventory("a\nb\nc\n")
            .tasks(
                """
                - block:
                    - {name: first, probe: {fail: "no"}, when: inventory_hostname != 'b'}
                    - {name: second, probe: {fail: "no"}}
                  rescue:
                    - {name: mends, probe: x}
                """);
    assertThat(all(ran, Rescuing.class).stream().map(r -> r.task().name() + " " + r.hosts()))
        .containsExactly("first [a, c]", "second [b]");
  }

  @Test
  void nobodyRemainsPastTheLimitOfFailures() {
    String play =
        """
        - hosts: all
          gather_facts: false
          max_fail_percentage: %d
          tasks:
            - {probe: {fail: "no"}, when: inventory_hostname == 'a'}
            - {probe: x}
        """;
    EngineKit kit = new EngineKit(folder).inventory("a\nb\n");
    assertThat(all(kit.run(play.formatted(20)), NoHostsRemaining.class)).hasSize(1);
    assertThat(all(kit.run(play.formatted(70)), NoHostsRemaining.class)).isEmpty();
  }

  @Test
  void whereHostsGoOnTheirOwnATaskKeepsItsNumber() {
    String play =
        """
        - hosts: all
          gather_facts: false
          strategy: %s
          tasks:
            - {name: one, probe: x}
            - {name: two, probe: x}
        """;
    EngineKit kit = new EngineKit(folder).inventory("a\nb\n");
    for (String strategy : List.of("free", "host_pinned")) {
      List<TaskStarted> started = all(kit.run(play.formatted(strategy)), TaskStarted.class);
      assertThat(started).hasSize(4);
      assertThat(started.stream().map(t -> t.task().name() + t.task().id()).distinct()).hasSize(2);
    }
    assertThat(all(kit.run(play.formatted("linear")), TaskStarted.class)).hasSize(2);
  }

  @Test
  void eachHostSaysThatItBegins() {
    Ran ran = new EngineKit(folder).inventory("a\nb\n").tasks("- {name: t, probe: x}\n");
    assertThat(all(ran, HostStarted.class).stream().map(HostStarted::host))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aChangeThatFailedCountsWhereTheFailureIsIgnored() {
    Ran ran =
        new EngineKit(folder)
            .inventory("a\n")
            .tasks(
                "- {probe: {state: new}, changed_when: true, failed_when: true, ignore_errors:"
                    + " yes}\n");
    assertThat(ran.recap()).containsExactly("a ok=1 changed=1 ignored=1");
  }

  @Test
  void whatModulesTellOnlyTheScreenIsNotRegistered() {
    Ran ran =
        new EngineKit(folder)
            .inventory("a\n")
            .tasks(
                """
                - {debug: {msg: m}, register: r}
                - {debug: {msg: "{{ item }}"}, register: l, loop: [1]}
                - block:
                    - assert: {that: 1 == 2}
                  rescue:
                    - assert:
                        that:
                          - r | list | select('match', '_ansible') | list == []
                          - l.results[0] | list | select('match', '_ansible') | list == []
                          - ansible_failed_result | list | select('match', '_ansible') | list == []
                """);
    assertThat(ran.recap()).containsExactly("a ok=3 rescued=1");
    assertThat(ran.results().get(0).result().has("_ansible_verbose_always")).isTrue();
  }

  @Test
  void anIncludeOfARoleIsCalledByTheRole() {
    Ran ran =
        new EngineKit(folder)
            .file("roles/mail/tasks/main.yml", "- include_role: {name: more}\n- probe: x\n")
            .file("roles/more/tasks/main.yml", "- {name: named, include_role: {name: last}}\n")
            .file("roles/last/tasks/main.yml", "- {name: t, probe: x}\n")
            .tasks("- include_role: {name: mail}\n");
    assertThat(all(ran, TaskStarted.class).stream().map(t -> t.task().title()))
        .containsExactly(
            "include_role : mail",
            "include_role : more",
            "more : named",
            "last : t",
            "mail : probe");
  }
}
