package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.EngineKit.Ran;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a task's variables come from, and which wins. */
class RunVariablesTest {
  @TempDir Path folder;

  private EngineKit kit() {
    return new EngineKit(folder);
  }

  @Test
  void theStrongerOfTwoPlacesWins() {
    // From the weakest to the strongest: each run leaves the strongest place out.
    List<String> places =
        new ArrayList<>(
            List.of(
                "all", "group", "host", "play", "file1", "file2", "block", "task", "fact",
                "extra"));
    while (!places.isEmpty()) {
      EngineKit kit = kit().inventory("[g]\na\n");
      kit.file("group_vars/all.yml", places.contains("all") ? "v: all\n" : "x: 1\n");
      kit.file("group_vars/g.yml", places.contains("group") ? "v: group\n" : "x: 1\n");
      kit.file("host_vars/a.yml", places.contains("host") ? "v: host\n" : "x: 1\n");
      kit.file("file1.yml", places.contains("file1") ? "v: file1\n" : "{}\n");
      kit.file("file2.yml", places.contains("file2") ? "v: file2\n" : "");
      if (places.contains("extra")) {
        kit.extra("{v: extra}");
      }
      kit.run(
          """
          - hosts: a
            vars: %s
            vars_files: [file1.yml, [not_there.yml, file2.yml]]
            tasks:
              - {set_fact: {v: fact}, when: %s}
              - vars: %s
                block:
                  - probe: "{{ v }}"
                    vars: %s
          """
              .formatted(
                  places.contains("play") ? "{v: play}" : "{}",
                  places.contains("fact"),
                  places.contains("block") ? "{v: block}" : "{}",
                  places.contains("task") ? "{v: task}" : "{}"));
      assertThat(kit.probe().log()).containsExactly("a " + places.get(places.size() - 1));
      places.remove(places.size() - 1);
    }
  }

  @Test
  void aRegisteredVariableIsAsStrongAsAFact() {
    EngineKit kit = kit().inventory("a\n");
    kit.run(
        """
        - hosts: all
          vars: {r: play}
          tasks:
            - {probe: x, register: r}
            - {probe: "{{ r.msg }}", vars: {r: task}}
        """);
    assertThat(kit.probe().log()).containsExactly("a x", "a x");
  }

  @Test
  void magicNames() {
    Ran ran =
        kit()
            .inventory("[web]\na.example.org x=1\nb x=2\n[db]\nc x=3\n")
            .run(
                """
                - name: the play
                  hosts: web
                  tasks:
                    - assert:
                        that:
                          - inventory_hostname in ['a.example.org', 'b']
                          - inventory_hostname_short == inventory_hostname.split('.')[0]
                          - group_names == ['web']
                          - groups.web == ['a.example.org', 'b'] and groups.db == ['c']
                          - groups.all | length == 3
                          - hostvars.c.x | string == '3'
                          - hostvars['b']['x'] == hostvars.b.x
                          - hostvars.c.inventory_hostname == 'c'
                          - "'nope' not in hostvars"
                          - hostvars.nope is undefined
                          - ansible_play_name == 'the play'
                          - ansible_play_hosts == ['a.example.org', 'b']
                          - ansible_play_hosts_all == ansible_play_batch
                          - not ansible_check_mode
                          - playbook_dir is match('/')
                          - inventory_dir == playbook_dir
                          - vars.x == x
                """);
    assertThat(ran.outcome())
        .as(() -> ran.last("b").message())
        .isEqualTo(PlaybookRunner.Outcome.OK);
  }

  @Test
  void factsOfOtherHostsAreSeenInHostvars() {
    Ran ran =
        kit()
            .tasks(
                """
                - set_fact: {mine: "{{ inventory_hostname }}!"}
                - {probe: {value: 7}, register: r, when: inventory_hostname == 'a'}
                - assert:
                    that:
                      - hostvars.b.mine == 'b!'
                      - hostvars.a.r.value == 7 and hostvars.b.r is skipped
                      - ansible_play_hosts | map('extract', hostvars, 'mine') | list == ['a!', 'b!', 'c!']
                """);
    assertThat(ran.outcome())
        .as(() -> ran.last("a").message())
        .isEqualTo(PlaybookRunner.Outcome.OK);
  }

  @Test
  void valuesKeepTheirTypesAndFactsAreNotLazy() {
    Ran ran =
        kit()
            .inventory("a\n")
            .run(
                """
                - hosts: all
                  vars: {n: 1, list: "{{ [n, 2] }}", lazy: "{{ later }}"}
                  tasks:
                    - set_fact: {later: "{{ n + 1 }}", copy: "{{ list }}", word: "{{ n }}"}
                    - set_fact: {n: 5}
                    - assert:
                        that: [later == 2, lazy == 2, "copy == [1, 2]", "list == [5, 2]", word == 1]
                """);
    assertThat(ran.outcome())
        .as(() -> ran.last("a").message())
        .isEqualTo(PlaybookRunner.Outcome.OK);
  }

  @Test
  void aFailedHostLeavesThePlaysHosts() {
    EngineKit kit = kit();
    kit.tasks(
        """
        - {probe: {fail: "no"}, when: inventory_hostname == 'b'}
        - {probe: "{{ ansible_play_hosts | join(' ') }}", run_once: true}
        """);
    assertThat(kit.probe().log()).containsExactly("a a c");
  }

  @Test
  void filesOfVariablesAreTheHostsOwn() {
    EngineKit kit = kit().file("a.yml", "v: of a\n").file("other.yml", "v: of others\n");
    kit.run(
        """
        - hosts: all
          vars_files:
            - ["{{ inventory_hostname }}.yml", other.yml]
          tasks: [{probe: "{{ v }}"}]
        """);
    assertThat(kit.probe().log()).containsExactlyInAnyOrder("a of a", "b of others", "c of others");
  }

  @Test
  void aFileOfVariablesMayBeAListOfMappings() {
    EngineKit kit = kit().inventory("a\n").file("v.yml", "- {v: first, w: 1}\n- {v: second}\n");
    kit.run("- {hosts: all, vars_files: v.yml, tasks: [{probe: '{{ v }} {{ w }}'}]}\n");
    assertThat(kit.probe().log()).containsExactly("a second 1");
  }

  @Test
  void aMissingFileOfOneHostFailsThatHost() {
    EngineKit kit = kit().file("a.yml", "v: of a\n").file("c.yml", "v: of c\n");
    Ran ran =
        kit.run(
            """
            - hosts: all
              vars_files: ["{{ inventory_hostname }}.yml"]
              tasks: [{probe: "{{ v }}"}]
            """);
    assertThat(ran.lines())
        .containsExactly("PLAY all: a b c", "vars_files: b failed", "probe: a c ok");
    assertThat(ran.last("b").message()).contains("there is no file of variables").contains("b.yml");
  }
}
