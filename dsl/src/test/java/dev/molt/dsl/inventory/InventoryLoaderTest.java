package dev.molt.dsl.inventory;

import static dev.molt.dsl.inventory.Inventories.errorsOf;
import static dev.molt.dsl.inventory.Inventories.groups;
import static dev.molt.dsl.inventory.Inventories.names;
import static dev.molt.dsl.inventory.Inventories.variable;
import static dev.molt.dsl.inventory.Inventories.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.inventory.Origin.Level;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryLoaderTest {
  @TempDir Path root;
  private Path inventory;
  private Path playbooks;

  @BeforeEach
  void directories() throws IOException {
    inventory = Files.createDirectory(root.resolve("inventory"));
    playbooks = Files.createDirectory(root.resolve("playbooks"));
  }

  private Inventory load(Path... sources) {
    return InventoryLoader.load(List.of(sources).stream().map(Path::toString).toList(), playbooks);
  }

  private Path file(String name, String text) throws IOException {
    return write(inventory.resolve(name), text);
  }

  @Test
  void everyLevelWinsOverTheOneBefore() throws IOException {
    Path hosts =
        file(
            "hosts.yml",
            """
            all:
              vars: {v1: 1, v2: 1, v3: 1, v4: 1, v5: 1, v6: 1, v7: 1, v8: 1, v9: 1}
              children:
                web:
                  vars: {v2: 2, v3: 2, v4: 2, v5: 2, v6: 2, v7: 2, v8: 2, v9: 2}
                  hosts:
                    n1: {v7: 7, v8: 7, v9: 7}
            """);
    file("group_vars/all.yml", "{v3: 3, v4: 3, v5: 3, v6: 3, v7: 3, v8: 3, v9: 3}");
    write(playbooks.resolve("group_vars/all"), "{v4: 4, v5: 4, v6: 4, v7: 4, v8: 4, v9: 4}");
    file("group_vars/web/a.yml", "{v5: 5, v6: 5, v7: 5, v8: 5, v9: 5}");
    write(playbooks.resolve("group_vars/web.json"), "{\"v6\": 6, \"v7\": 6, \"v8\": 6, \"v9\": 6}");
    file("host_vars/n1.yaml", "{v8: 8, v9: 8}");
    write(playbooks.resolve("host_vars/n1"), "v9: 9");
    Inventory loaded = load(hosts);
    for (int i = 1; i <= 9; i++) {
      assertThat(variable(loaded, "n1", "v" + i)).isEqualTo(Value.of(i));
    }
    assertThat(loaded.host("n1").orElseThrow().vars())
        .extracting(set -> set.origin().level())
        .containsExactly(Level.values());
  }

  @Test
  void aDirectoryOfVariablesIsReadDeepAndSorted() throws IOException {
    Path hosts = file("hosts", "[web]\nn1\n");
    file("group_vars/web/b.yml", "x: b\n");
    file("group_vars/web/a/z.yml", "x: a\ny: a\n");
    file("group_vars/web/c.yml~", "x: no\n");
    file("group_vars/web/.d.yml", "x: no\n");
    file("group_vars/web/e.txt", "x: no\n");
    Inventory loaded = load(hosts);
    assertThat(variable(loaded, "n1", "x")).isEqualTo(Value.of("b"));
    assertThat(variable(loaded, "n1", "y")).isEqualTo(Value.of("a"));
  }

  @Test
  void aDirectoryOfInventoriesIsMergedInOrder() throws IOException {
    file("10-hosts.ini", "[web]\nn1 x=1 y=1\n");
    file("20-more.yml", "web: {hosts: {n2: , n1: {x: 2}}}\n");
    file("30/deep", "[db]\npg1\n");
    for (String ignored : List.of("a.bak", "a.orig", "a.txt", "a.cfg", ".a", "a~", "README.md")) {
      file(ignored, "[ignored]\nx\n");
    }
    file("group_vars/web.yml", "z: 3\n");
    Inventory loaded = load(inventory);
    assertThat(groups(loaded)).isEqualTo("web=n1,n2 db=pg1");
    assertThat(variable(loaded, "n1", "x")).isEqualTo(Value.of(2));
    assertThat(variable(loaded, "n1", "y")).isEqualTo(Value.of(1));
    assertThat(variable(loaded, "n2", "z")).isEqualTo(Value.of(3));
  }

  @Test
  void whatIsPassedOverInADirectoryCanBeChosen() throws IOException {
    for (String name : List.of("a.ini", "b.bak", "c-old.ini", "d.md", ".e")) {
      file(name, name.replaceAll("[^a-z]", "") + "\n");
    }
    InventoryOptions options =
        InventoryOptions.defaults()
            .withIgnored(new IgnoredFiles(List.of(".md"), List.of(Pattern.compile("-o.d"))));
    assertThat(names(InventoryLoader.load(List.of(inventory.toString()), options).hosts()))
        .containsExactly("aini", "bbak");
  }

  @Test
  void severalSourcesAreMergedInOrder() throws IOException {
    Path first = write(root.resolve("a/hosts.ini"), "[web]\nn1\n[web:vars]\nx=1\n");
    Path second = write(root.resolve("b/hosts.ini"), "[web]\nn2\n[web:vars]\nx=2\n");
    write(root.resolve("a/group_vars/web"), "y: a\n");
    write(root.resolve("b/group_vars/web"), "y: b\n");
    Inventory loaded = load(first, second);
    assertThat(groups(loaded)).isEqualTo("web=n1,n2");
    assertThat(variable(loaded, "n1", "x")).isEqualTo(Value.of(2));
    assertThat(variable(loaded, "n1", "y")).isEqualTo(Value.of("b"));
    Inventory reversed = load(second, first);
    assertThat(variable(reversed, "n1", "y")).isEqualTo(Value.of("a"));
  }

  @Test
  void namesMayBeGivenInline() {
    Inventory loaded = InventoryLoader.load(List.of("n1, n2:2222,"), (Path) null);
    assertThat(names(loaded.hosts())).containsExactly("n1", "n2");
    assertThat(variable(loaded, "n2", "ansible_port")).isEqualTo(Value.of(2222));
    assertThat(loaded.host("n2").orElseThrow().position().orElseThrow())
        .hasToString("--inventory:1:5");
  }

  @Test
  void theImplicitLocalhostSeesGroupVarsOfAllAndItsHostVars() throws IOException {
    write(playbooks.resolve("group_vars/all.yml"), "x: 1\ny: 1\n");
    write(playbooks.resolve("host_vars/localhost.yml"), "y: 2\n");
    Host local = InventoryLoader.load(List.of(), playbooks).hostOrLocal("localhost").orElseThrow();
    assertThat(local.vars().stream().map(s -> s.origin().label()))
        .containsExactly(
            "group_vars/all beside the playbook",
            "inventory vars of host localhost",
            "host_vars/localhost beside the playbook");
  }

  @Test
  void theFormatOfAFileWithoutExtensionIsSeen() throws IOException {
    assertThat(names(load(file("a", "# x\n[web]\nn1\n")).hosts())).containsExactly("n1");
    assertThat(names(load(file("b", "---\nweb:\n  hosts:\n    n1:\n")).hosts()))
        .containsExactly("n1");
    assertThat(names(load(file("c", "n1:22 x=1\nn2\n")).hosts())).containsExactly("n1", "n2");
    assertThat(names(load(file("d", "{\"web\": {\"hosts\": {\"n1\": {}}}}")).hosts()))
        .containsExactly("n1");
    assertThat(names(load(file("e.production", "n1\n")).hosts())).containsExactly("n1");
    Path executable = file("f", "n1\n");
    assertThat(executable.toFile().setExecutable(true)).isTrue();
    assertThat(names(load(executable).hosts())).containsExactly("n1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hosts.yaml | no inventory at 'ROOT/hosts.yaml': there is no such file = did you mean 'ROOT/hosts.yml'?
          zzz        | no inventory at 'ROOT/zzz': there is no such file = looked in ROOT; to name hosts instead, end with a comma: -i ROOT/zzz,
          no/zzz     | no inventory at 'ROOT/no/zzz': there is no such file = there is no directory ROOT/no either
          empty      | no inventory file in the directory ROOT/empty = passed over: notes.txt; put a hosts.yml or a hosts.ini there
          script     | the inventory ROOT/script is a script that is not executable = chmod +x ROOT/script; if it is no script, take its first line away
          aws.yml    | ROOT/aws.yml:1:9 there is no inventory plugin 'aws_ec2' here = constructed and generator are; for others, use a script that prints what ansible-inventory --list does
          a.toml     | the inventory ROOT/a.toml is TOML, which is not supported = write it as YAML or INI
          latin1.ini | ROOT/latin1.ini:2:3 the file is not in UTF-8: the byte 0xE9 is no part of a character = save it as UTF-8; one way: iconv -f ISO-8859-1 -t UTF-8
          """)
  void saysWhatItLookedFor(String name, String expected) throws IOException {
    file("hosts.yml", "");
    file("empty/notes.txt", "");
    file("script", "#!/bin/sh\n");
    file("aws.yml", "plugin: aws_ec2\n");
    file("a.toml", "");
    Files.write(
        inventory.resolve("latin1.ini"), "n1\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    if (name.equals("latin1.ini")) {
      expected = expected.replace(":2:3", ":2:4");
    }
    assertThat(errorsOf(() -> load(inventory.resolve(name))).replace(inventory.toString(), "ROOT"))
        .isEqualTo(expected);
  }

  @Test
  void mistakesInAllFilesAreReportedAtOnce() throws IOException {
    Path hosts = file("hosts.yml", "web: {hosts: {n1: }}\n");
    file("group_vars/all.yml", "- x\n");
    file("group_vars/web.yml", "x: {{ y }}\n");
    file("host_vars/n1.yml", "a: 1\na: 2\n");
    assertThat(errorsOf(() -> load(hosts)).lines()).hasSize(3);
  }

  @Test
  void twoFilesForOneGroupAreRefused() throws IOException {
    Path hosts = file("hosts", "[web]\nn1\n");
    file("group_vars/web.yml", "x: 1\n");
    file("group_vars/web/a.yml", "x: 2\n");
    assertThat(errorsOf(() -> load(hosts)))
        .contains("group_vars/web and ")
        .contains("exist: Ansible would read only the first");
  }

  @Test
  void aDirectoryMayBeNamedAsAFile() throws IOException {
    Path hosts = file("hosts", "[web]\nn1\nn1.yml\n");
    file("group_vars/web.yml/deep/a", "x: 1\n");
    file("host_vars/n1.yml/b.yml", "y: 1\n");
    Inventory loaded = load(hosts);
    assertThat(variable(loaded, "n1", "x")).isEqualTo(Value.of(1));
    assertThat(variable(loaded, "n1", "y")).isEqualTo(Value.of(1));
    assertThat(variable(loaded, "n1.yml", "y")).isEqualTo(Value.of(1));
  }

  @Test
  void whatShouldBeADirectoryAndIsNotIsWarnedOf() throws IOException {
    Path hosts = file("hosts", "n1\n");
    file("group_vars", "x: 1\n");
    assertThat(load(hosts).warnings())
        .extracting(d -> Inventories.line(d).replace(inventory.toString(), "ROOT"))
        .containsExactly(
            "ROOT/group_vars is passed over: it is no directory"
                + " = variables of all hosts stand in group_vars/all.yml");
  }

  @Test
  void aHostKnowsTheFileThatNamedItFirst() throws IOException {
    Path first = write(root.resolve("a/hosts.ini"), "n1\n");
    Path second = write(root.resolve("b/hosts.ini"), "n1\nn2\n");
    Inventory loaded =
        InventoryLoader.load(
            List.of(first.toString(), second.toString(), "n3,n1"), InventoryOptions.defaults());
    assertThat(loaded.host("n1").orElseThrow().inventoryFile()).hasValue(first.toString());
    assertThat(loaded.host("n2").orElseThrow().inventoryDir()).hasValue(root + "/b");
    assertThat(loaded.host("n3").orElseThrow().inventoryFile()).hasValue("n3,n1");
    assertThat(loaded.host("n3").orElseThrow().inventoryDir()).isEmpty();
    assertThat(loaded.hostOrLocal("localhost").orElseThrow().inventoryFile()).isEmpty();
  }

  @Test
  void sourcesThatCannotBeReadMayBeLeftOut() throws IOException {
    Path good = file("a.ini", "[web]\nn1\n");
    file("b.ini", "[web]\nn2\nn3 x=\"\n");
    List<String> sources = List.of(inventory.toString(), root.resolve("none").toString());
    InventoryOptions lenient =
        InventoryOptions.defaults().withBroken(InventoryOptions.Broken.WARNING);
    Inventory loaded = InventoryLoader.load(sources, lenient);
    assertThat(groups(loaded)).as("nothing of half a file").isEqualTo("web=n1");
    assertThat(loaded.warnings())
        .extracting(d -> Inventories.line(d).replace(root.toString(), "ROOT"))
        .containsExactly(
            "ROOT/inventory/b.ini:3:6 this inventory is left out: this quote is never closed"
                + " = put the whole value in quotes",
            "this inventory is left out: no inventory at 'ROOT/none': there is no such file"
                + " = looked in ROOT; to name hosts instead, end with a comma: -i ROOT/none,");
    InventoryOptions one =
        InventoryOptions.defaults().withBroken(InventoryOptions.Broken.ERROR_IF_ALL);
    assertThat(InventoryLoader.load(List.of("/none", good.toString()), one).hosts()).hasSize(1);
    assertThat(errorsOf(() -> InventoryLoader.load(List.of("/none"), one)))
        .contains("none of the inventories could be read: /none");
    assertThat(InventoryLoader.load(List.of("/none"), lenient).hosts()).isEmpty();
  }

  @Test
  void namesOfGroupsThatVariablesCouldNotHave() throws IOException {
    Path hosts = file("hosts", "[web-eu]\nn1\n[web-eu:vars]\nx=1\n[all-eu:children]\nweb-eu\n");
    Path yaml = file("hosts.yml", "1a: {children: {web-eu: {hosts: {n2: }}}}\n");
    Inventory kept = load(hosts, yaml);
    assertThat(groups(kept)).isEqualTo("web-eu=n1,n2 all-eu=n1,n2 1a=n1,n2");
    assertThat(kept.warnings())
        .extracting(Diagnostic::message)
        .containsExactly(
            "Invalid characters were found in group names but not replaced: web-eu, all-eu, 1a");
    List<String> sources = List.of(hosts.toString(), yaml.toString());
    InventoryOptions options = InventoryOptions.defaults();
    Inventory replaced =
        InventoryLoader.load(sources, options.withGroupNames(GroupNames.Policy.REPLACE_AND_WARN));
    assertThat(groups(replaced)).isEqualTo("web_eu=n1,n2 all_eu=n1,n2 _a=n1,n2");
    assertThat(variable(replaced, "n1", "x")).isEqualTo(Value.of(1));
    assertThat(replaced.warnings())
        .extracting(Diagnostic::message)
        .containsExactly(
            "Invalid characters were found in group names and automatically replaced:"
                + " web-eu, all-eu, 1a");
    assertThat(
            InventoryLoader.load(sources, options.withGroupNames(GroupNames.Policy.REPLACE))
                .warnings())
        .isEmpty();
    assertThat(
            InventoryLoader.load(sources, options.withGroupNames(GroupNames.Policy.KEEP))
                .warnings())
        .isEmpty();
  }

  @Test
  void anEncryptedInventoryIsUnlocked() throws IOException {
    Path hosts = file("hosts", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
    assertThat(errorsOf(() -> load(hosts))).contains("hosts:1:1 Attempting to decrypt");
    Inventory unlocked =
        InventoryLoader.load(
            List.of(hosts.toString()), null, s -> Source.inline(s.name(), "[web]\nn1\n"));
    assertThat(groups(unlocked)).isEqualTo("web=n1");
  }

  @Test
  void aFileForAMisspeltGroupIsWarnedOf() throws IOException {
    Path hosts = file("hosts", "[mail]\nn1\n[web]\nn1\n");
    file("group_vars/mial.yml", "x: 1\n");
    file("group_vars/other.yml", "x: 1\n");
    file("group_vars/web.yml", "x: 1\n");
    file("group_vars/wbe.yml", "x: 1\n");
    assertThat(load(hosts).warnings())
        .extracting(d -> Inventories.line(d).replace(inventory.toString(), "ROOT"))
        .containsExactly(
            "ROOT/group_vars/mial is used by nothing: the inventory has no 'mial'"
                + " = did you mean 'mail'?");
  }

  @Test
  void encryptedFilesAreUnlockedOrRefused() throws IOException {
    Path hosts = file("hosts", "[web]\nn1\n[other]\nother\n");
    file("group_vars/web.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
    file("group_vars/other.yml", "a: 1\n");
    Inventory closed = load(hosts);
    assertThat(variable(closed, "other", "a")).isEqualTo(Value.of(1));
    assertThat(errorsOf(() -> variable(closed, "n1", "secret")))
        .contains("web.yml:1:1 Attempting to decrypt but no vault secrets found");
    Inventory unlocked =
        InventoryLoader.load(
            List.of(hosts.toString()), null, s -> Source.inline(s.name(), "secret: 1\n"));
    assertThat(variable(unlocked, "n1", "secret")).isEqualTo(Value.of(1));
  }
}
