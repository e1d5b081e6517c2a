package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.event.RunEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a playbook is said before any host is contacted, all of it at once. */
class StaticMistakesTest {
  @TempDir Path folder;

  @Test
  void allMistakesAtOnceAndNoHostIsTouched() {
    EngineKit kit = new EngineKit(folder);
    assertThat(
            kit.mistakes(
                """
                - hosts: all
                  vars: {a: "{{ b | nofilter }}"}
                  vars_files: nope.yml
                  tasks:
                    - probe: fine
                    - probe: {mgs: x}
                    - probe: "{{ a + }}"
                      when: a ==
                      register: r-1
                    - block:
                        - meta: flush_handler
                      rescue:
                        - {probe: x, loop: [1], with_items: [1], loop_control: {loopvar: x}}
                      always:
                        - {probe: x, with_nestd: [1]}
                  handlers:
                    - command: {chdir: /tmp, creats: /x}
                """))
        .satisfies(all -> assertThat(String.join("\n", all)).doesNotContain("fine"))
        .anyMatch(m -> m.startsWith("2:") && m.contains("nofilter"))
        .anyMatch(m -> m.startsWith("3:15+8 there is no file of variables "))
        .contains("6:15+3 probe has no option 'mgs' = did you mean 'msg'?")
        .anyMatch(m -> m.startsWith("7:"))
        .anyMatch(m -> m.startsWith("8:"))
        .contains(
            "9:17+3 register takes the name of a variable = letters, digits and underscores, and no"
                + " braces")
        .contains(
            "11:17+13 there is no meta action 'flush_handler' = did you mean 'flush_handlers'?")
        .contains("13:33+10 a task has one loop, this one has 'loop' and 'with_items'")
        .contains("13:65+7 loop_control has no 'loopvar' = did you mean 'loop_var'?")
        .anyMatch(m -> m.startsWith("15:22+10 there is no lookup named 'nestd' for 'with_nestd'"))
        .contains("17:30+6 command has no option 'creats' = did you mean 'creates'?")
        .hasSize(11);
    assertThat(kit.probe().log()).isEmpty();
  }

  @Test
  void keywordsWithoutEffectAreToldOf() {
    EngineKit.Ran ran =
        new EngineKit(folder)
            .limit("a")
            .tasks("- {name: one, probe: x, become_flags: -H, debugger: never}\n");
    assertThat(ran.outcome()).isEqualTo(PlaybookRunner.Outcome.OK);
    assertThat(
            ran.events().stream()
                .filter(RunEvent.Warning.class::isInstance)
                .map(e -> ((RunEvent.Warning) e).diagnostic().message()))
        .containsExactly(
            "'become_flags' is not supported: it has no effect",
            "'debugger' is not supported: it has no effect");
  }

  @Test
  void whereAFailureIsAllowedForOptionsMayBeOne() {
    EngineKit kit = new EngineKit(folder).limit("a");
    EngineKit.Ran ran =
        kit.tasks(
            """
            - name: one
              probe: {mgs: x}
              ignore_errors: true
            - block: [{name: two, stat: {}}]
              rescue: [{name: three, probe: x}]
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a", "one: a ignored", "two: a failed", "three: a ok");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "serial: many ~ 2:11+4 serial is a number, a percentage, or a list of them, found 'many'",
        "serial: [1, x%] ~ found 'x%'",
        "serial: '{{ nope }}' ~ 'nope' is undefined",
        "vars_files: [a.yml] ~ 2:16+5 there is no file of variables"
      })
  void mistakesOfPlays(String keyword, String mistake) {
    assertThat(
            new EngineKit(folder)
                .mistakes("- hosts: all\n  " + keyword + "\n  tasks: [{probe: x}]\n"))
        .singleElement()
        .asString()
        .contains(mistake);
  }

  @ParameterizedTest
  @CsvSource({"webb,no host or group", "'{{ nope }}','nope' is undefined", "'a:&:',"})
  void aPatternOfALaterPlayIsCheckedBeforeTheFirst(String hosts, String mistake) {
    EngineKit kit = new EngineKit(folder);
    assertThat(
            kit.mistakes(
                "- hosts: all\n  tasks: [{probe: x}]\n- hosts: \"" + hosts + "\"\n  tasks: []\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("3:");
    assertThat(kit.probe().log()).isEmpty();
  }
}
