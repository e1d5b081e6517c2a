package dev.molt.runner.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vault.Vault;
import dev.molt.dsl.vault.VaultSecret;
import dev.molt.dsl.yaml.ScalarNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
  private static final String BAD =
      """
      - hosts: all
        tasks:
          - name: One
            copy: {dset: /x}
          - debug:
              msg: "{{ x | uper }}"
          - file: {path: /y, state: fiel}
      """;

  @TempDir Path folder;

  private record Ended(int status, String out) {}

  @BeforeEach
  void good() throws IOException {
    file("good.yml", "- hosts: all\n  tasks:\n    - debug: {msg: hello}\n");
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Ended lint(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LintCommand command =
        new LintCommand(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            Settings.defaults(),
            "molt 1",
            folder::resolve,
            v ->
                Layer.ofNodes(
                    "-e", Map.of("which", ScalarNode.made(Source.inline("-e", v).at(0, 1), v))));
    int status = command.execute(List.of(words));
    return new Ended(status, out.toString(StandardCharsets.UTF_8));
  }

  private static List<MapValue> maps(Value list) {
    return ((ListValue) list).items().stream().map(v -> (MapValue) v).toList();
  }

  @Test
  void aGoodPlaybook() {
    assertThat(lint("good.yml")).isEqualTo(new Ended(0, "1 file: no errors, no warnings\n"));
  }

  @Test
  void optionsOfModulesInGroovyAreChecked() throws IOException {
    file(
        "library/motd.groovy",
        """
        summary 'Keep a line'
        option 'style', choices: ['plain', 'loud'], default: 'plain'
        option 'days', type: List, choices: ['sat', 'sun']
        plan { o -> }
        """);
    file(
        "own.yml",
        """
        - hosts: all
          tasks:
            - motd: {style: laud}
            - motd: {days: [sat, mon]}
            - motd: {style: loud, days: sun}
        """);
    assertThat(lint("own.yml").out())
        .contains("own.yml:3:21", "'laud' is not a value of the option 'style'", "mean 'loud'?")
        .contains("own.yml:4:26", "'mon' is not a value of the option 'days'", "2 errors");
  }

  @Test
  void theFirstDefaultIsOneOfTheChoices() throws IOException {
    file(
        "library/motd.groovy",
        "summary 'Keep a line'\noption 'style', choices: ['plain'], default: 'loud'\nplan { o -> }\n");
    file("own.yml", "- hosts: all\n  tasks:\n    - motd: {}\n    - motd: {}\n    - copy: {}\n");
    assertThat(lint("own.yml").out())
        .contains(
            "motd.groovy:2",
            "2 errors",
            "copy needs the option 'dest'",
            "the default of the option 'style' is not one of its choices");
  }

  @Test
  void rolesBringModulesAndFilters() throws IOException {
    file("roles/web/library/motd.groovy", "summary 'x'\noption 'line'\nplan { o -> }\n");
    file("roles/web/filters/loud.groovy", "filter { it.toUpperCase() }\n");
    file("roles/web/tasks/main.yml", "- motd: {line: \"{{ 'x' | loud }}\"}\n");
    file("own.yml", "- hosts: all\n  roles: [web]\n");
    assertThat(lint("own.yml").out()).contains("no errors, no warnings");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "library/x.groovy ~ option 'a', type: List, default: ['b, c']; plan { o -> }",
        "filters/x.groovy ~ filter { it }",
        "tests/x.groovy ~ test { it }",
        "lookups/x.groovy ~ lookup { terms, options -> terms }",
        "hooks/x.groovy ~ beforeTask { }",
        "inventory/x.groovy ~ host 'a', n: 1",
        "x.groovy ~ play('all') { task('t') { ping() } }",
      })
  void aScriptIsWhatItsFolderSays(String name, String text) throws IOException {
    file(name, text);
    assertThat(lint(name)).isEqualTo(new Ended(0, "1 file: no errors, no warnings\n"));
    file(name, "\n\nx.y()\n");
    assertThat(lint(name).out())
        .contains("error: there is no 'x' here\n", name + ":3:1\n", "3 | x.y()\n")
        .endsWith("\n1 file: 1 error, no warnings\n");
    file(name, "\n(\n");
    assertThat(lint(name).out()).contains(name + ":", "1 file: 1 error, no warnings\n");
  }

  @Test
  void scriptsInAFolder() throws IOException {
    file("library/motd.groovy", "summary 'x'\n");
    file("library/data.yml", "a: [\n");
    file("library/deep/motd.groovy", "a: [\n");
    file("filters/f.groovy", "fliter { }\n");
    file("tests/t.groovy", "test { }\n");
    file("lookups/l.groovy", "\n");
    file("roles/r/hooks/h.groovy", "// none\n");
    file("inventory/i.groovy", "throw new Exception()\n");
    file("files/hooks/h.groovy", "(\n");
    file("other/h.groovy", "(\n");
    file("own.yml", "- hosts: all\n  tasks:\n    - motd: {}\n    - motd: {}\n");
    assertThat(lint(folder.toString()).out())
        .contains("a module needs a plan\n", "library/motd.groovy:1:1\n")
        .contains("there is no fliter(Closure) here\n", "did you mean 'filter'?", "f.groovy:1:1\n")
        .contains("this file is no lookup\n", "lookups/l.groovy:1:1\n")
        .contains("this file has no hooks\n", "roles/r/hooks/h.groovy:1:1\n")
        .endsWith("\n7 files: 4 errors, no warnings\n");
  }

  @Test
  void tasksInAFolderKnowTheModulesOfTheirPlaybookAndRole() throws IOException {
    file("p/library/motd.groovy", "plan { }\n");
    file("p/tasks/t.yml", "- motd:\n- mtd:\n");
    file("p/roles/r/library/own.groovy", "plan { }\n");
    file("p/roles/r/tasks/main.yml", "- own:\n");
    assertThat(lint(folder.resolve("p").toString()).out())
        .contains("did you mean 'motd'?")
        .endsWith("\n4 files: 1 error, no warnings\n");
    file("p/roles/r/tasks/main.yml", "- own:\n- motd:\n");
    file("p/site.yml", "- hosts: all\n  tasks: []\n");
    assertThat(lint(folder.toString()).out()).endsWith("\n6 files: 1 error, no warnings\n");
  }

  @Test
  void whatIsEncryptedIsPassedOverOrOpened() throws IOException {
    VaultSecret secret = VaultSecret.of("default", "pw");
    String password = file("pw", "pw\n").toString();
    file("secret.yml", Vault.encrypt(BAD, secret));
    file("vars.yml", Vault.encrypt("a: 1\na: 2\n", secret));
    file(
        "p.yml",
        "- {hosts: all, vars_files: [vars.yml], tasks: []}\n- import_playbook: secret.yml\n");
    assertThat(lint("p.yml")).isEqualTo(new Ended(0, "1 file: no errors, no warnings\n"));
    assertThat(lint("secret.yml").status()).isZero();
    Ended opened = lint("p.yml", "--vault-password-file", password);
    assertThat(opened.status()).isEqualTo(1);
    assertThat(opened.out()).contains("vars.yml:2:1 (encrypted: not shown)");
    file("vars.yml", "$ANSIBLE_VAULT;1.1;AES256\n<<<<\n");
    assertThat(lint("p.yml").out()).contains("Non-hexadecimal digit found");
  }

  @Test
  void everythingThatIsWrongIsSaidOnce() throws IOException {
    file("bad.yml", BAD);
    file("again.yml", "- import_playbook: bad.yml\n- import_playbook: bad.yml\n");
    Ended ended = lint("bad.yml", "again.yml", "good.yml");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out())
        .contains("did you mean 'dest'?")
        .contains("did you mean 'upper'?")
        .contains("did you mean 'file'?")
        .endsWith("\n3 files: 4 errors, no warnings\n");
  }

  @Test
  void aFolder() throws IOException {
    file("sub/bad.yml", BAD);
    file("roles/r/tasks/main.yml", "- command: [\n");
    file("group_vars/all.yml", "a: 1\na: 2\n");
    file("group_vars/secret.yml", Vault.encrypt("a: [\n", VaultSecret.of("default", "pw")));
    file("templates/x.yml", "{% if x %}\n");
    file(".hidden/y.yml", "[\n");
    Ended ended = lint("--format=json", folder.toString());
    MapValue report = (MapValue) Json.parse(ended.out());
    Set<String> rules =
        maps(report.get("findings")).stream()
            .map(f -> Python.str(f.get("rule")))
            .collect(Collectors.toSet());
    assertThat(rules)
        .containsExactlyInAnyOrder(
            "unknown-option",
            "missing-option",
            "unknown-filter",
            "wrong-value",
            "duplicate-key",
            "syntax");
    assertThat(Python.str(report.get("files"))).isEqualTo("4");
    assertThat(Python.str(report.get("errors"))).isEqualTo("6");
  }

  @Test
  void mistakesOfAllStagesAreSaidTogether() throws IOException {
    file("both.yml", "- hosts: all\n  taks: []\n  tasks:\n    - ping: {dta: x}\n");
    assertThat(lint("both.yml").out()).contains("did you mean 'tasks'?", "did you mean 'data'?");
  }

  @Test
  void whatIsIncludedIsCheckedWhereItsNameIsNoTemplate() throws IOException {
    file(
        "play.yml",
        """
        - hosts: all
          tasks:
            - include_tasks: one.yml
            - include_tasks: "{{ two }}.yml"
            - include_tasks: nowhere.yml
            - include_role: {name: r, tasks_from: other}
            - include_role: {name: nobody}
        """);
    file("one.yml", "- include_tasks: deep/three.yml\n- include_tasks: one.yml\n");
    file("deep/three.yml", "- pnig:\n");
    file("roles/r/tasks/other.yml", "- include_tasks: more.yml\n");
    file("roles/r/tasks/more.yml", "- fiel: {}\n");
    Ended ended = lint("play.yml");
    assertThat(ended.out())
        .contains("did you mean 'ping'?")
        .contains("did you mean 'file'?")
        .contains("warning: there is no file nowhere.yml")
        .contains("warning: there is no role 'nobody'")
        .endsWith("1 file: 2 errors, 2 warnings\n");
    file("deep/three.yml", "- ping:\n");
    file("roles/r/tasks/more.yml", "- ping:\n");
    assertThat(lint("play.yml").status()).isZero();
    assertThat(lint("play.yml", "--strict").status()).isEqualTo(1);
  }

  @Test
  void namesThatNothingDefinesAreFoundWhereTheInventoryIsKnown() throws IOException {
    file("hosts", "n1 from_host=1\n");
    file("group_vars/all.yml", "from_group: 1\n");
    file("vars.yml", "from_file: 1\n");
    file("roles/r/defaults/main.yml", "from_role: 1\n");
    file("roles/r/tasks/main.yml", "- debug: {msg: '{{ from_role }}'}\n");
    file("more.yml", "- set_fact: {from_include: 1}\n");
    file(
        "play.yml",
        """
        - hosts: all
          vars_files: [vars.yml]
          vars_prompt: [{name: from_prompt}]
          roles: [r]
          tasks:
            - include_tasks: more.yml
            - command: "{{ from_host }} {{ from_group }} {{ from_file }} {{ from_prompt }}"
              register: from_register
            - command: "{{ from_register.stdout }} {{ from_include }} {{ ansible_x }}"
            - command: "{{ from_hots }}"
            - name: "{{ nobody_minds }}"
              command: "{{ perhaps }}"
              when: perhaps is defined
            - command: "{{ guarded }}"
              when: from_host == 1
            - command: "{{ rescued }}"
              ignore_errors: true
            - assert: {that: nowhere == 1}
        """);
    Ended ended = lint("play.yml", "-i", folder.resolve("hosts").toString());
    assertThat(ended.out())
        .contains("error: nothing can define 'from_hots'")
        .contains("did you mean 'from_host'?")
        .contains("warning: nothing can define 'guarded'")
        .contains("warning: nothing can define 'rescued'")
        .endsWith("1 file: 1 error, 2 warnings\n");
    assertThat(lint("play.yml", "-i", folder.resolve("hosts").toString(), "-e", "x").out())
        .contains("'from_hots'");
    assertThat(lint("play.yml")).isEqualTo(new Ended(0, "1 file: no errors, no warnings\n"));
  }

  @Test
  void withoutAnInventoryOnlyWhatLooksMisspeltIsFound() throws IOException {
    for (String name : List.of("tegu_verson", "tegu_vresion", "tegu_versions", "tegu_wersion")) {
      file(
          "play.yml",
          "- hosts: all\n  vars: {tegu_version: 1}\n  tasks:\n    - command: '{{ "
              + name
              + " }} {{ tegu_vision }} {{ other }}'\n");
      assertThat(lint("play.yml").out())
          .contains("warning: nothing can define '" + name + "'", "did you mean 'tegu_version'?")
          .endsWith("1 file: no errors, 1 warning\n");
    }
  }

  @Test
  void whatIsNotKnownMayDefineAnything() throws IOException {
    file("hosts", "n1\n");
    String use = "    - command: '{{ x }}'\n";
    for (String unknown :
        List.of(
            "    - include_tasks: '{{ y }}.yml'\n      when: false\n",
            "    - include_vars: '{{ y }}.yml'\n      when: false\n",
            "    - include_role: {name: '{{ y }}'}\n      when: false\n",
            "    - set_fact: {'{{ y }}': 1}\n      when: false\n",
            "    - include_tasks: nowhere.yml\n")) {
      file("play.yml", "- hosts: all\n  tasks:\n" + unknown + use);
      Ended ended = lint("play.yml", "-i", folder.resolve("hosts").toString());
      assertThat(ended.out()).as(unknown).doesNotContain("'x'");
    }
    file("play.yml", "- hosts: all\n  tasks:\n" + use);
    assertThat(lint("play.yml", "-i", folder.resolve("hosts").toString()).status()).isEqualTo(1);
    file("play.yml", "- hosts: all\n  tasks:\n    - meta: end_play\n      when: false\n" + use);
    assertThat(lint("play.yml", "-i", folder.resolve("hosts").toString()).out())
        .contains("warning: nothing can define 'x'");
  }

  @Test
  void namesOfImportsMayUseExtraVars() throws IOException {
    file("play.yml", "- import_playbook: \"{{ which }}.yml\"\n");
    assertThat(lint("play.yml", "-e", "good").status()).isZero();
    assertThat(lint("play.yml").status()).isEqualTo(1);
  }

  @Test
  void whatIsImportedIsCheckedWithWhatItIsGiven() throws IOException {
    Files.delete(folder.resolve("good.yml"));
    file("site.yml", "- import_playbook: part.yml\n  vars: {tegu_version: 1}\n");
    file(
        "part.yml",
        "- hosts: all\n  vars: {tegu_vesion: 1}\n  tasks:\n    - command: '{{ tegu_version }}'\n");
    assertThat(lint(folder.toString()).out()).isEqualTo("2 files: no errors, no warnings\n");
    assertThat(lint("part.yml").out()).contains("nothing can define 'tegu_version'");
  }

  @Test
  void rolesAndFilesOfTasksInAFolder() throws IOException {
    file("roles/r/tasks/main.yml", "- import_tasks: sub.yml\n- ping: {dta: x}\n");
    file("roles/r/tasks/sub.yml", "- ping:\n");
    file("roles/r/handlers/main.yml", "- name: H\n  pnig:\n");
    assertThat(lint(folder.toString()).out())
        .contains("did you mean 'data'?", "did you mean 'ping'?")
        .endsWith("4 files: 2 errors, no warnings\n");
  }

  @Test
  void json() throws IOException {
    Path bad = file("bad.yml", BAD);
    MapValue report = (MapValue) Json.parse(lint("-f", "json", "bad.yml").out());
    MapValue filter =
        maps(report.get("findings")).stream()
            .filter(f -> Python.str(f.get("rule")).equals("unknown-filter"))
            .findFirst()
            .orElseThrow();
    assertThat(Python.str(filter.get("file"))).isEqualTo(bad.toString());
    assertThat(Python.str(filter.get("line"))).isEqualTo("6");
    assertThat(Python.str(filter.get("column"))).isEqualTo("22");
    assertThat(Python.str(filter.get("end_column"))).isEqualTo("26");
    assertThat(Python.str(filter.get("severity"))).isEqualTo("error");
    assertThat(Python.str(filter.get("hint"))).isEqualTo("did you mean 'upper'?");
  }

  @Test
  void sarif() throws IOException {
    Path bad = file("a b.yml", BAD);
    Ended ended = lint("--format", "sarif", "a b.yml");
    assertThat(ended.status()).isEqualTo(1);
    MapValue log = (MapValue) Json.parse(ended.out());
    assertThat(Python.str(log.get("version"))).isEqualTo("2.1.0");
    MapValue run = maps(log.get("runs")).get(0);
    List<MapValue> rules =
        maps(((MapValue) ((MapValue) run.get("tool")).get("driver")).get("rules"));
    assertThat(rules).hasSize(Rule.values().length);
    for (MapValue result : maps(run.get("results"))) {
      int index = Integer.parseInt(Python.str(result.get("ruleIndex")));
      assertThat(rules.get(index).get("id")).isEqualTo(result.get("ruleId"));
      MapValue physical = (MapValue) maps(result.get("locations")).get(0).get("physicalLocation");
      assertThat(Python.str(((MapValue) physical.get("artifactLocation")).get("uri")))
          .isEqualTo(bad.toUri().toString());
      assertThat(((MapValue) physical.get("region")).has("startLine")).isTrue();
    }
    assertThat(maps(run.get("results"))).hasSize(4);
  }

  @Test
  void namesWithBlanksStayRelative() {
    Findings findings = new Findings();
    Source source = Source.inline("dir/a b.yml", "x\n");
    findings.add(
        List.of(
            Diagnostic.warning(source.at(0, 1), "hm").withNote("see", source.at(0, 1)),
            Diagnostic.warning("nowhere")));
    assertThat(Sarif.of(findings, "1"))
        .contains("\"dir/a%20b.yml\"")
        .contains("\"level\": \"warning\"")
        .contains("relatedLocations");
    assertThat(Report.text(findings, 2)).endsWith("2 files: no errors, 2 warnings\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "'taks' is not a keyword of a play ~ unknown-keyword",
        "'comand' is not a module or keyword that Molt knows ~ unknown-module",
        "copy has no option 'dset' ~ unknown-option",
        "copy needs the option 'dest' ~ missing-option",
        "'fiel' is not a value of the option 'state' ~ wrong-value",
        "there is no filter named 'uper' ~ unknown-filter",
        "there is no test named 'x' ~ unknown-test",
        "there is no lookup named 'x' ~ unknown-lookup",
        "filter 'default' takes at most 2, but 3 are given ~ wrong-arguments",
        "'x' is undefined ~ undefined-variable",
        "there is no file more.yml ~ missing-file",
        "the keyword 'async' of a task is not supported ~ not-supported",
        "tasks is a list of tasks, found a mapping ~ structure",
        "this task names no module ~ structure",
        "the key 'command' is given twice ~ duplicate-key",
        "this '[' is never closed ~ syntax",
      })
  void rules(String message, String rule) {
    assertThat(Rule.of(Diagnostic.error(message)).id()).isEqualTo(rule);
  }

  @Test
  void mistakesInWords() {
    assertThatThrownBy(() -> lint("-f", "xml", "good.yml"))
        .isInstanceOf(DiagnosticException.class)
        .hasMessageContaining("there is no format 'xml'");
    assertThatThrownBy(() -> lint()).hasMessageContaining("needs a playbook or a folder");
  }
}
