package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vault.Vault;
import dev.molt.dsl.vault.VaultSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes are those that ansible-inventory prints for the same files. */
class InventoryCommandTest {
  @TempDir Path folder;
  private String out;
  private String err;

  @BeforeEach
  void inventory() throws IOException {
    file(
        "hosts",
        """
        top x="{{ y }}"
        [web]
        n1 p=1
        n2
        [db]
        n2
        [prod:children]
        web
        db
        [all:vars]
        a=1
        [web:vars]
        w=2
        ansible_group_priority=7
        """);
    file("group_vars/db.yml", "d: {k: [1, true, null, 'é']}\n");
    file("host_vars/n1", "h: host\n");
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private int molt(String... words) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
    List<String> all =
        new ArrayList<>(List.of("inventory", "-i", folder.resolve("hosts").toString()));
    all.addAll(Arrays.asList(words));
    int status = Main.execute(all, outStream, errStream);
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8).replace(folder.toString(), "F");
    return status;
  }

  private MapValue json() {
    return (MapValue) Json.parse(out);
  }

  private Value at(String... path) {
    Value value = json();
    for (String key : path) {
      value = ((MapValue) value).get(key);
    }
    return value;
  }

  @Test
  void listsAsAnInventoryScriptDoes() {
    assertThat(molt("--list")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            {
                "_meta": {
                    "hostvars": {
                        "n1": {
                            "a": 1,
                            "h": "host",
                            "p": 1,
                            "w": 2
                        },
                        "n2": {
                            "a": 1,
                            "d": {
                                "k": [
                                    1,
                                    true,
                                    null,
                                    "é"
                                ]
                            },
                            "w": 2
                        },
                        "top": {
                            "a": 1,
                            "x": "{{ y }}"
                        }
                    }
                },
                "all": {
                    "children": [
                        "ungrouped",
                        "prod"
                    ]
                },
                "db": {
                    "hosts": [
                        "n2"
                    ]
                },
                "prod": {
                    "children": [
                        "web",
                        "db"
                    ]
                },
                "ungrouped": {
                    "hosts": [
                        "top"
                    ]
                },
                "web": {
                    "hosts": [
                        "n1",
                        "n2"
                    ]
                }
            }
            """);
    assertThat(err).isEmpty();
  }

  @Test
  void exportsVariablesWhereTheyAreDefined() {
    assertThat(molt("--list", "--export")).isZero();
    assertThat(at("all", "vars")).hasToString("{'a'=1}");
    assertThat(at("web", "vars")).hasToString("{'ansible_group_priority'=7, 'w'=2}");
    assertThat(at("_meta", "hostvars", "n1")).hasToString("{'h'='host', 'p'=1}");
    assertThat(at("_meta", "hostvars", "n2")).isNull();
    assertThat(at("db", "vars", "d")).isNotNull();
  }

  @Test
  void printsYaml() {
    assertThat(molt("--list", "--yaml", "--limit", "web")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            all:
              children:
                prod:
                  children:
                    db:
                      hosts:
                        n2: {}
                    web:
                      hosts:
                        n1:
                          a: 1
                          h: host
                          p: 1
                          w: 2
                        n2:
                          a: 1
                          d:
                            k:
                            - 1
                            - true
                            - null
                            - é
                          w: 2
            """);
  }

  @Test
  void drawsATree() {
    assertThat(molt("--graph")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            @all:
              |--@ungrouped:
              |  |--top
              |--@prod:
              |  |--@web:
              |  |  |--n1
              |  |  |--n2
              |  |--@db:
              |  |  |--n2
            """);
    assertThat(molt("--graph", "web", "--vars")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            @web:
              |--n1
              |  |--{a = 1}
              |  |--{h = host}
              |  |--{p = 1}
              |  |--{w = 2}
              |--n2
              |  |--{a = 1}
              |  |--{d = {'k': [1, True, None, 'é']}}
              |  |--{w = 2}
              |--{ansible_group_priority = 7}
              |--{w = 2}
            """);
  }

  @Test
  void showsOneHost() {
    assertThat(molt("--host", "n1", "-e", "p=9 e=x")).isZero();
    assertThat(json()).hasToString("{'a'=1, 'e'='x', 'h'='host', 'p'='9', 'w'=2}");
    assertThat(molt("--host", "localhost")).isZero();
    assertThat(json()).hasToString("{'a'=1, 'ansible_connection'='local'}");
    assertThat(molt("--host", "n1", "--yaml")).isZero();
    assertThat(out).isEqualTo("a: 1\nh: host\np: 1\nw: 2\n");
  }

  @Test
  void limitsTheList() {
    assertThat(molt("--list", "-l", "all:!web")).isZero();
    assertThat(((MapValue) at("_meta", "hostvars")).entries()).hasSize(1);
    assertThat(at("web")).isNull();
    assertThat(at("prod", "children")).hasToString("ListValue[items=['web', 'db']]");
    assertThat(molt("--list", "--limit", "!all")).isZero();
    assertThat(out).contains("\"hostvars\": {}");
  }

  @Test
  void writesToAFile() throws IOException {
    Path file = folder.resolve("out.json");
    assertThat(molt("--list", "--output", file.toString())).isZero();
    assertThat(out).isEmpty();
    assertThat(Files.readString(file)).startsWith("{\n    \"_meta\"").endsWith("}");
    assertThat(molt("--list", "--output", folder.resolve("no/such").toString())).isEqualTo(1);
    assertThat(err).contains("Unable to write to destination file (F/no/such)");
  }

  @Test
  void playbooksHaveVariablesToo() throws IOException {
    file("pb/host_vars/n1.yml", "h: playbook\n");
    assertThat(molt("--host", "n1", "--playbook-dir", folder.resolve("pb").toString())).isZero();
    assertThat(at("h")).hasToString("'playbook'");
  }

  @Test
  void whatIsEncryptedStaysSoUnlessAskedFor() throws IOException {
    VaultSecret secret = VaultSecret.of("default", "geheim");
    String value = Vault.encrypt("hunter2", secret);
    file("pw", "geheim\n");
    file(
        "host_vars/n1",
        "v: !vault |\n  " + value.strip().replace("\n", "\n  ") + "\nu: !unsafe '{{ x }}'\n");
    file("group_vars/web", Vault.encrypt("g: secret words\nn: 5\nl: [a]\n", secret));
    String password = folder.resolve("pw").toString();
    assertThat(molt("--host", "n1", "--vault-password-file", password)).isZero();
    assertThat(at("v", "__ansible_vault")).isEqualTo(Value.of(value));
    assertThat(at("u", "__ansible_unsafe")).isEqualTo(Value.of("{{ x }}"));
    assertThat(at("g")).isEqualTo(Value.of("********"));
    assertThat(at("n")).isEqualTo(Value.of("********"));
    assertThat(at("l")).isEqualTo(Json.parse("[\"********\"]"));
    assertThat(molt("--host", "n1", "--yaml", "--vault-password-file", password)).isZero();
    assertThat(out)
        .contains(
            "v: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n", "g: '********'\n", "u: '{{ x }}'\n");
    assertThat(molt("--graph", "web", "--vars", "--vault-password-file", password)).isZero();
    assertThat(out).contains("{v = ********}", "{g = ********}").doesNotContain("secret words");
    assertThat(molt("--host", "n1", "--show-secrets", "--vault-password-file", password)).isZero();
    assertThat(at("v")).isEqualTo(Value.of("hunter2"));
    assertThat(at("g")).isEqualTo(Value.of("secret words"));
    assertThat(molt("--list")).isEqualTo(1);
    assertThat(err).contains("F/group_vars/web:1:1", "no vault secrets found");
  }

  @Test
  void constructedGroupsSeeExtraVarsWhereTheyAskForThem() throws IOException {
    file(
        "z.yml",
        """
        plugin: constructed
        use_extra_vars: true
        compose: {c: e ~ p, t: "'{{ ' ~ e ~ ' }}'"}
        """);
    assertThat(molt("-i", folder.resolve("z.yml").toString(), "-e", "e=hey", "--host", "n1"))
        .isZero();
    assertThat(at("c")).isEqualTo(Value.of("hey1"));
    assertThat(at("t", "__ansible_unsafe")).as("no template").isEqualTo(Value.of("{{ hey }}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --vars               | No action selected, at least one of --host, --graph or --list needs to be specified.
          --list --graph       | Conflicting options used, only one of --host, --graph or --list can be used at the same time.
          --list --toml        | TOML is not supported: --toml
          --list web           | molt inventory has no use for 'web'
          --graph wbe          | Pattern must be valid group name when using --graph: wbe
          --host web           | You must pass a single valid host to --host parameter
          --host n9            | no host or group 'n9' in the inventory
          --list --limit n9    | no host or group 'n9' in the inventory
          --list --lisst       | molt inventory has no option '--lisst'
          """)
  void refuses(String words, String expected) {
    assertThat(molt(words.split(" "))).isEqualTo(1);
    assertThat(err).startsWith("error: " + expected);
    assertThat(out).isEmpty();
  }

  @Test
  void warnsOnStandardError() throws IOException {
    file("group_vars/wbe.yml", "x: 1\n");
    assertThat(molt("--list")).isZero();
    assertThat(err).startsWith("warning: F/group_vars/wbe is used by nothing");
    assertThat(molt("--help")).isZero();
    assertThat(out).contains("--graph");
  }
}
