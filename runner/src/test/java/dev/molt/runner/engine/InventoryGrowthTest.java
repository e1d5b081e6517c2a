package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.EngineKit.Ran;
import dev.molt.runner.event.RunEvent.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does to its own inventory. */
class InventoryGrowthTest {
  @TempDir Path folder;

  private Ran run(String playbook) {
    EngineKit kit = new EngineKit(folder).inventory("top\n[web]\na w=1\nb\n");
    kit.file("host_vars/new.yml", "h: host_vars\n");
    kit.file("group_vars/later.yml", "l: 1\n");
    Ran ran = kit.run(playbook);
    assertThat(ran.outcome())
        .as(() -> ran.lines() + " " + ran.results().stream().map(r -> r.message()).toList())
        .isEqualTo(PlaybookRunner.Outcome.OK);
    return ran;
  }

  @Test
  void addedHostsAndTheirVariables() {
    Ran ran =
        run(
            """
            - hosts: localhost
              gather_facts: false
              tasks:
                - add_host: {name: new, groups: [web, later], h: added, v: "{{ 1 + 1 }}", t: "{{ '{{' }} x }}"}
                - add_host: {name: new, groups: web, v: "{{ 2 }}"}
                - assert:
                    that:
                      - groups.all == ['new', 'top', 'a', 'b']
                      - groups.web == ['a', 'b', 'new']
                      - hostvars.new.h == 'host_vars'
                      - hostvars.new.v | string == '2'
                      - hostvars.new.t == '{' ~ '{ x }}'
                      - hostvars.new.l == 1
                      - hostvars.new.inventory_dir is none
                      - hostvars.a.inventory_file is match('/.*hosts.ini')
            - hosts: later
              gather_facts: false
              tasks: [{probe: "{{ group_names | join(' ') }}"}]
            """);
    assertThat(ran.log()).containsExactly("new later web");
    assertThat(ran.results().stream().map(r -> r.status()).toList())
        .containsExactly(Status.CHANGED, Status.OK, Status.OK, Status.OK);
  }

  @Test
  void groupsAreMadeOfKeys() {
    Ran ran =
        run(
            """
            - hosts: web
              gather_facts: false
              tasks:
                - group_by: {key: "w {{ w is defined }}", parents: [ws]}
                - group_by: {key: "w {{ w is defined }}", parents: ws}
                - group_by: {key: web}
            - hosts: ws
              gather_facts: false
              tasks: [{probe: "{{ group_names | join(' ') }}"}]
            """);
    assertThat(ran.log()).containsExactlyInAnyOrder("a w-True web ws", "b w-False web ws");
    assertThat(ran.recap()).containsExactly("a ok=4 changed=1", "b ok=4 changed=1");
  }

  @Test
  void thisMachineIsPutIntoGroupsWithoutBeingListed() {
    Ran ran =
        run(
            """
            - hosts: localhost
              gather_facts: false
              tasks:
                - group_by: {key: mine}
                - meta: refresh_inventory
                - assert:
                    that:
                      - groups.mine == ['localhost']
                      - "'localhost' not in groups.all"
                      - group_names == ['mine']
                      - inventory_dir is undefined
            - hosts: mine
              gather_facts: false
              tasks: [{probe: "{{ ansible_connection }}"}]
            """);
    assertThat(ran.log()).containsExactly("localhost local");
  }
}
