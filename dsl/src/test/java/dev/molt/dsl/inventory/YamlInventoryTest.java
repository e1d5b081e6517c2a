package dev.molt.dsl.inventory;

import static dev.molt.dsl.inventory.Inventories.errorsOf;
import static dev.molt.dsl.inventory.Inventories.groups;
import static dev.molt.dsl.inventory.Inventories.names;
import static dev.molt.dsl.inventory.Inventories.variable;
import static dev.molt.dsl.inventory.Inventories.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlInventoryTest {
  private static final String FLEET =
      """
      all:
        vars:
          site: lab
        children:
          mail:
            hosts:
              n[01:03]:
              n09:
                port: 25
          db:
            hosts:
              pg1:
            vars:
              site: db
          prod:
            children:
              mail:
              db:
        hosts:
          admin:
      """;

  @Test
  void readsGroupsHostsAndVariables() {
    Inventory inventory = yaml(FLEET);
    assertThat(names(inventory.hosts()))
        .containsExactly("admin", "n01", "n02", "n03", "n09", "pg1");
    assertThat(groups(inventory)).isEqualTo("mail=n01,n02,n03,n09 db=pg1 prod=n01,n02,n03,n09,pg1");
    assertThat(variable(inventory, "n09", "port")).isEqualTo(Value.of(25));
    assertThat(variable(inventory, "n01", "site")).isEqualTo(Value.of("lab"));
    assertThat(variable(inventory, "pg1", "site")).isEqualTo(Value.of("db"));
    Host n01 = inventory.host("n01").orElseThrow();
    assertThat(n01.groups()).containsExactly("all", "prod", "mail");
    assertThat(n01.groupNames()).containsExactly("mail", "prod");
    assertThat(n01.position().orElseThrow()).hasToString("hosts.yml:7:9");
    assertThat(inventory.host("admin").orElseThrow().groups()).containsExactly("all", "ungrouped");
    assertThat(inventory.group("mail").orElseThrow().depth()).isEqualTo(2);
  }

  @Test
  void aVariableKnowsWhereItWasDefined() {
    VarDefinition site = yaml(FLEET).host("pg1").orElseThrow().variable("site").orElseThrow();
    assertThat(site.value().position()).hasToString("hosts.yml:14:15");
    assertThat(site.origin().label()).isEqualTo("inventory vars of group db");
    assertThat(site.origin().level()).isEqualTo(Origin.Level.INVENTORY_GROUP);
  }

  @Test
  void deeperGroupsWinThenPriorityThenName() {
    Inventory inventory =
        yaml(
            """
            a: {hosts: {h: }, vars: {x: a, y: a, z: a, ansible_group_priority: 5}}
            b: {hosts: {h: }, vars: {x: b, y: b, z: b}, children: {deep: }}
            c: {hosts: {h: }, vars: {z: c}}
            deep: {hosts: {h: }, vars: {y: deep}}
            """);
    assertThat(inventory.host("h").orElseThrow().groups())
        .containsExactly("all", "b", "c", "a", "deep");
    assertThat(variable(inventory, "h", "x")).isEqualTo(Value.of("a"));
    assertThat(variable(inventory, "h", "y")).isEqualTo(Value.of("deep"));
    assertThat(variable(inventory, "h", "z")).isEqualTo(Value.of("a"));
  }

  @Test
  void hostsMayHaveAPortAndIpv6() {
    Inventory inventory =
        yaml("g:\n  hosts:\n    n[1:2]:2222:\n    '[2001:db8::1]:22':\n    '2001:db8::2':\n");
    assertThat(names(inventory.hosts())).containsExactly("n1", "n2", "2001:db8::1", "2001:db8::2");
    assertThat(variable(inventory, "n2", "ansible_port")).isEqualTo(Value.of(2222));
    assertThat(variable(inventory, "2001:db8::1", "ansible_port")).isEqualTo(Value.of(22));
  }

  @Test
  void emptyPartsAndSingleNamesAreFine() {
    Inventory inventory = yaml("a:\nb:\n  hosts:\n  vars:\n  children: c\nd-e.f:\n  hosts: n1\n");
    assertThat(groups(inventory)).isEqualTo("a= b= c= d-e.f=n1");
    assertThat(yaml("").hosts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
- n1                     ¦ hosts.yml:1:1 expected a mapping for an inventory, found a list = remove the '-' in front, and write 'key: value' lines
a:⏎  host:⏎    n1:       ¦ hosts.yml:2:3 unknown key 'host' in the group 'a' = did you mean 'hosts'?
a:⏎  n1:                 ¦ hosts.yml:2:3 unknown key 'n1' in the group 'a' = hosts stand below 'hosts:', groups below 'children:', variables below 'vars:'
a:⏎  hosts:⏎    - n1     ¦ hosts.yml:3:5 expected a mapping for 'hosts', found a list = write each host as a key, with a colon: 'n1:'
a:⏎  children:⏎    - b   ¦ hosts.yml:3:5 expected a mapping for 'children', found a list = write each group as a key, with a colon: 'b:'
a:⏎  vars:⏎    - b       ¦ hosts.yml:3:5 expected a mapping for the variables of the group 'a', found a list = remove the '-' in front, and write 'key: value' lines
a:⏎  hosts:⏎    n1: x=1  ¦ hosts.yml:3:9 expected a mapping for the variables of the host 'n1', found a string
hosts:⏎  n1:             ¦ hosts.yml:1:1 'hosts' stands outside of a group = put it below a group, such as 'all:'
a: {hosts: {1234: }}     ¦ hosts.yml:1:13 Host pattern 1234 must be a string = put it in quotes: "1234"
1.5: {hosts: {n1: }}     ¦ hosts.yml:1:1 Group name 1.5 must be a string = put it in quotes: "1.5"
a: {children: {b: {children: {a: }}}} ¦ hosts.yml:1:31 the group 'a' lies within itself: a -> b -> a
a: {children: {a: }}     ¦ hosts.yml:1:16 the group 'a' lies within itself: a -> a
a: {children: {all: }}   ¦ hosts.yml:1:16 the group 'all' lies within itself: all -> a -> all
a: {hosts: {'n[3:1]': }} ¦ hosts.yml:1:13 the range in 'n[3:1]' is wrong: it begins at 3, after its end 1 = ranges are written as [1:9], [01:09], [0:8:2] or [a:f]
a: {hosts: {'n[01:100]': }} ¦ hosts.yml:1:13 the range in 'n[01:100]' is wrong: with leading zeros, both ends need the same number of digits = ranges are written as [1:9], [01:09], [0:8:2] or [a:f]
a: {hosts: {'n 1': }}    ¦ hosts.yml:1:13 'n 1' is no host name: it has a space in it
""")
  void saysWhatIsWrong(String text, String expected) {
    assertThat(errorsOf(() -> yaml(text.replace('⏎', '\n')))).isEqualTo(expected);
  }

  @Test
  void aNameOfAGroupAndAHostIsWarnedOf() {
    assertThat(yaml("web: {hosts: {web: }}\n").warnings())
        .extracting(Inventories::line)
        .containsExactly(
            "hosts.yml:1:1 'web' is the name of a group and of a host"
                + " = in a host pattern the name means the host, with ! or & the group");
  }

  @Test
  void groupPriorityIsAnInteger() {
    assertThat(errorsOf(() -> yaml("a: {hosts: {n: }, vars: {ansible_group_priority: x}}")))
        .isEqualTo("hosts.yml:1:50 ansible_group_priority has to be an integer");
  }

  @Test
  void aThousandHostsInDeepGroupsAreQuick() {
    StringBuilder text = new StringBuilder("g0: {hosts: {'n[1:1000]': {x: 1}}}\n");
    for (int i = 1; i < 60; i++) {
      text.append("g%d: {children: {g%d: }, vars: {v%d: 1}}\n".formatted(i, i - 1, i));
    }
    Inventory inventory = yaml(text.toString());
    assertThat(inventory.host("n1000").orElseThrow().groups()).hasSize(61).endsWith("g1", "g0");
    assertThat(HostPattern.parse("g59:!g0[0:998]").select(inventory)).hasSize(1);
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    assertThat(errorsOf(() -> yaml("a: {hots: }\nb: [x]\nc: {hosts: [n1], vars: 1}\n")).lines())
        .hasSize(4);
  }
}
