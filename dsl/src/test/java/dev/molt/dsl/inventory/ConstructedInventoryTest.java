package dev.molt.dsl.inventory;

import static dev.molt.dsl.inventory.Inventories.errorsOf;
import static dev.molt.dsl.inventory.Inventories.groups;
import static dev.molt.dsl.inventory.Inventories.variable;
import static dev.molt.dsl.inventory.Inventories.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstructedInventoryTest {
  private static final String HOSTS =
      """
      all:
        hosts:
          h1: {tags: {name: one, env: test, state: ''}, roles: [db, web, ''], os: '', n: 3, t: 'a-b'}
          h2: {t: c}
      """;

  @TempDir Path root;

  private Inventory load(String hosts, String constructed) throws IOException {
    return load(hosts, constructed, InventoryOptions.defaults());
  }

  private Inventory load(String hosts, String constructed, InventoryOptions options)
      throws IOException {
    Path first = write(root.resolve("a/hosts" + (hosts.startsWith("all") ? ".yml" : "")), hosts);
    Path second =
        write(root.resolve("b/groups.yml"), "plugin: ansible.builtin.constructed\n" + constructed);
    return InventoryLoader.load(List.of(first.toString(), second.toString()), options);
  }

  private String errors(String constructed) {
    return errorsOf(() -> load(HOSTS, constructed)).replace(root.toString(), "ROOT");
  }

  @Test
  void variablesAreComposedOfThoseThatWereThereBefore() throws IOException {
    Inventory loaded =
        load(
            HOSTS,
            """
            compose:
              double: n * 2
              again: double + 1
              me: inventory_hostname ~ '/' ~ inventory_hostname_short
              raw: "'{{ ' ~ t ~ ' }}'"
              first: "t | regex_replace('(.).*', '\\\\1')"
            """);
    assertThat(variable(loaded, "h1", "first")).isEqualTo(Value.of("a"));
    assertThat(variable(loaded, "h1", "double")).isEqualTo(Value.of(6));
    assertThat(variable(loaded, "h2", "double")).as("n is not defined").isNull();
    assertThat(variable(loaded, "h1", "again")).as("not composed yet").isNull();
    assertThat(variable(loaded, "h1", "me")).isEqualTo(Value.of("h1/h1"));
    VarDefinition raw = loaded.host("h1").orElseThrow().variable("raw").orElseThrow();
    assertThat(raw.value()).hasFieldOrPropertyWithValue("text", "{{ a-b }}");
    assertThat(raw.value()).as("final").hasFieldOrPropertyWithValue("tag", "!unsafe");
    assertThat(raw.value().position()).hasToString(root + "/b/groups.yml:6:8");
  }

  @Test
  void groupsAreThoseWhoseConditionHolds() throws IOException {
    Inventory loaded =
        load(
            HOSTS,
            """
            compose: {d: n * 2}
            groups:
              all-one: inventory_hostname == 'h1'
              composed: d == 6
              never: n is defined and n > 5
              everyone: true
            """);
    assertThat(groups(loaded)).isEqualTo("all_one=h1 composed=h1 everyone=h1,h2");
    assertThat(loaded.host("h1").orElseThrow().groupNames())
        .containsExactly("all_one", "composed", "everyone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
{key: t}                                ¦ _a_b=h1 _c=h2
{key: t, prefix: p}                     ¦ p_a_b=h1 p_c=h2
{key: t, separator: ''}                 ¦ a_b=h1 c=h2
{key: t, prefix: p, separator: '-'}     ¦ p_a_b=h1 p_c=h2
{key: tags, prefix: tag}                ¦ tag_name_one=h1 tag_env_test=h1 tag_state_=h1
{key: tags, separator: X}               ¦ XnameXone=h1 XenvXtest=h1 XstateX=h1
{key: tags, prefix: tag, default_value: on} ¦ tag_name_one=h1 tag_env_test=h1 tag_state_on=h1
{key: tags, prefix: tag, trailing_separator: false} ¦ tag_name_one=h1 tag_env_test=h1 tag_state=h1
{key: roles, prefix: r}                 ¦ r_db=h1 r_web=h1 r_=h1
{key: roles, prefix: r, default_value: none} ¦ r_db=h1 r_web=h1 r_none=h1
{key: os, prefix: os}                   ¦ ''
{key: os, prefix: os, default_value: fedora} ¦ os_fedora=h1
{key: t, prefix: p, parent_group: all_p} ¦ p_a_b=h1 all_p=h1,h2 p_c=h2
{key: t, prefix: p, parent_group: "of-{{ inventory_hostname }}"} ¦ p_a_b=h1 of_h1=h1 p_c=h2 of_h2=h2
{key: "t if n is defined", prefix: p}   ¦ p_a_b=h1
""")
  void groupsAreNamedAfterKeys(String keyed, String expected) throws IOException {
    assertThat(groups(load(HOSTS, "keyed_groups:\n  - " + keyed + "\n")))
        .isEqualTo(expected.replace("''", ""));
  }

  @Test
  void theLeadingSeparatorMayBeLeftOut() throws IOException {
    Inventory loaded =
        load(
            HOSTS,
            """
            leading_separator: false
            keyed_groups:
              - key: t
              - {key: tags, separator: X}
              - {key: t, prefix: p}
            """);
    assertThat(groups(loaded))
        .isEqualTo("a_b=h1 nameXone=h1 envXtest=h1 stateX=h1 p_a_b=h1 c=h2 p_c=h2");
  }

  /** As Ansible, which puts groups that lie in no other into all only at the end. */
  @Test
  void variablesOfAllAreSeenOnlyWhereAHostIsSaidToBeInAll() throws IOException {
    Inventory loaded =
        load(
            "top\n[web]\nn1\n[all:vars]\nv=1\n[web:vars]\nw=2\n",
            "compose: {seen: v, gn: \"group_names | join(',')\", ww: w}\n");
    assertThat(variable(loaded, "n1", "seen")).isNull();
    assertThat(variable(loaded, "top", "seen")).isEqualTo(Value.of(1));
    assertThat(variable(loaded, "n1", "ww")).isEqualTo(Value.of(2));
    assertThat(variable(loaded, "n1", "gn")).isEqualTo(Value.of("web"));
  }

  @Test
  void extraVarsAndFilesOfVariablesAreSeenWhereAskedFor() throws IOException {
    MappingNode extra =
        (MappingNode) YamlReader.read(Source.inline("-e", "{e: hey, t: x}")).orElseThrow();
    InventoryOptions options =
        InventoryOptions.defaults().withExtraVars(List.of(Layer.ofNodes("extra vars", extra)));
    write(root.resolve("a/group_vars/web.yml"), "g: group\n");
    write(root.resolve("a/host_vars/n1.yml"), "h: host\n");
    String hosts = "[web]\nn1 t=1\n";
    String compose = "compose: {ce: \"e ~ t\", cg: g ~ h}\ngroups: {e_seen: e is defined}\n";
    Inventory plain = load(hosts, compose, options);
    assertThat(variable(plain, "n1", "ce")).isNull();
    assertThat(variable(plain, "n1", "cg")).isNull();
    Inventory asked =
        load(hosts, compose + "use_extra_vars: yes\nuse_vars_plugins: true\n", options);
    assertThat(variable(asked, "n1", "ce")).isEqualTo(Value.of("heyx"));
    assertThat(variable(asked, "n1", "cg")).isEqualTo(Value.of("grouphost"));
    assertThat(groups(asked))
        .as("conditions do not see them, in Ansible either")
        .isEqualTo("web=n1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
compose: {x: n +}                       ¦ ROOT/b/groups.yml:2:17 unexpected the end of the expression, expected an expression
groups: {x: "t | no_such"}              ¦ ROOT/b/groups.yml:2:18 there is no filter named 'no_such'
groups: {x: t}                          ¦ ROOT/b/groups.yml:2:13 the condition of the group 'x' gives str for h1, not true or false = compare it, ask for its length (x | length > 0), or convert it (x | bool)
keyed_groups: [{prefix: x}]             ¦ ROOT/b/groups.yml:2:16 'key' is missing in a keyed group
keyed_groups: [{key: n}]                ¦ ROOT/b/groups.yml:2:22 the key of a keyed group gives int, not a text, a list or a mapping = make it a text: n | string
keyed_groups: [x]                       ¦ ROOT/b/groups.yml:2:16 expected a mapping for a keyed group, found a string
keyed_groups: {key: t}                  ¦ ROOT/b/groups.yml:2:15 expected a list for 'keyed_groups', found a mapping = begin each item with '- '
keyed_groups: [{key: t, default_value: x, trailing_separator: no}] ¦ ROOT/b/groups.yml:2:16 a keyed group has default_value or trailing_separator, not both
keyed_groups: [{key: t, seperator: x}]  ¦ ROOT/b/groups.yml:2:25 unknown key 'seperator' in a keyed group = did you mean 'separator'?
key_groups: []                          ¦ ROOT/b/groups.yml:2:1 unknown key 'key_groups' in a constructed inventory = did you mean 'keyed_groups'?
strict: maybe                           ¦ ROOT/b/groups.yml:2:9 'strict' is true or false
compose: {x: [1]}                       ¦ ROOT/b/groups.yml:2:14 expected a single value for the expression of 'x', found a list
{strict: true, compose: {x: nope}}      ¦ ROOT/b/groups.yml:1:50 cannot set 'x' for h1: 'nope' is undefined
""")
  void saysWhatIsWrong(String constructed, String expected) {
    String errors =
        constructed.startsWith("{")
            ? errorsOf(
                    () -> {
                      Path hosts = write(root.resolve("a/hosts.yml"), HOSTS);
                      Path file =
                          write(
                              root.resolve("b/groups.yml"),
                              "{plugin: constructed, " + constructed.substring(1));
                      return InventoryLoader.load(
                          List.of(hosts.toString(), file.toString()), InventoryOptions.defaults());
                    })
                .replace(root.toString(), "ROOT")
            : errors(constructed);
    assertThat(errors).startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
groups: {x: nope > 1}                   ¦ cannot tell whether h1 is in 'x': 'nope' is undefined
keyed_groups: [{key: nope}]             ¦ cannot name a group of h1: 'nope' is undefined
keyed_groups: [{key: os}]               ¦ cannot name a group of h1: the key is empty
keyed_groups: [{key: t, parent_group: "{{ nope }}"}] ¦ cannot name a group of h1: 'nope' is undefined
""")
  void strictnessMakesFailuresErrors(String constructed, String expected) throws IOException {
    assertThat(load(HOSTS, constructed).hosts()).hasSize(2);
    assertThat(errors(constructed + "\nstrict: true\n")).contains(expected);
  }

  @Test
  void generatedHostsAreMadeOfLayers() throws IOException {
    Path file =
        write(
            root.resolve("gen.config"),
            """
            plugin: generator
            hosts:
              name: "{{ op }}_{{ app }}_runner"
              parents:
                - name: "{{ op }}_{{ app }}"
                  parents:
                    - name: "{{ op }}"
                      vars: {operation: "{{ op }}"}
                    - name: "{{ app }}"
                - name: runner
            layers:
              op: [build, launch]
              app: [web, 1]
            """);
    Inventory loaded = InventoryLoader.load(List.of(file.toString()), InventoryOptions.defaults());
    assertThat(Inventories.names(loaded.hosts()))
        .containsExactlyInAnyOrder(
            "build_web_runner", "build_1_runner", "launch_web_runner", "launch_1_runner");
    assertThat(loaded.group("build").orElseThrow().hosts())
        .containsExactly("build_web_runner", "build_1_runner");
    assertThat(loaded.group("runner").orElseThrow().hosts()).hasSize(4);
    assertThat(variable(loaded, "launch_web_runner", "operation")).isEqualTo(Value.of("launch"));
    assertThat(loaded.host("build_web_runner").orElseThrow().groupNames())
        .containsExactly("build", "build_web", "runner", "web");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
hosts: {name: x}                        ¦ g.yml:1:1 'layers' is missing in a generator inventory
{layers: {}, hosts: {parents: []}}      ¦ g.yml:1:40 'name' is missing in the hosts of a generator inventory
{layers: {a: [1]}, hosts: {name: "{{ b }}"}} ¦ g.yml:1:57 'b' is undefined
{layers: {a: 1}, hosts: {name: x}}      ¦ g.yml:1:33 expected a list for the layer 'a', found a number
{layers: {a: [1]}, hosts: {name: x, parents: [y]}} ¦ g.yml:1:66 expected a mapping for a parent, found a string
{layers: {a: ['']}, hosts: {name: "{{ a }}"}} ¦ g.yml:1:54 this name comes to nothing
""")
  void saysWhatIsWrongInAGenerator(String text, String expected) throws IOException {
    Path file =
        write(
            root.resolve("g.yml"),
            text.startsWith("{")
                ? "{plugin: generator, " + text.substring(1)
                : text + "\nplugin: generator\n");
    assertThat(
            errorsOf(
                () -> InventoryLoader.load(List.of(file.toString()), InventoryOptions.defaults())))
        .startsWith(root + "/" + expected);
  }
}
