package dev.molt.runner.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import dev.molt.runner.cli.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionsTest {
  @TempDir Path folder;
  private Repl repl;
  private Completions completions;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("playbooks"));
    Files.writeString(folder.resolve("playbooks/upgrade.yml"), "");
    Files.writeString(folder.resolve("site.yaml"), "");
    Files.writeString(folder.resolve("notes.txt"), "");
    Files.writeString(
        folder.resolve("hosts.ini"),
        "[tegu]\nn1 tegu_version=1\nn2\n[database]\ndb1\n[late-ones]\nweb-1\n");
    Files.createDirectories(folder.resolve("library"));
    Files.writeString(folder.resolve("library/broken.groovy"), "plan {\n");
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Start start = StartKit.local(folder, folder.resolve("hosts.ini").toString());
    repl =
        new Repl(
            start, new PlainConsole(nowhere, nowhere, new Style(false, false), Optional.empty()));
    completions = new Completions(repl, start);
  }

  @AfterEach
  void close() {
    repl.close();
  }

  /** The text with each offer put in. */
  private List<String> at(String text) {
    Completions.Found found = completions.at(text);
    return found.offers().stream()
        .map(o -> text.substring(0, found.from()) + o.value() + (o.done() ? " " : ""))
        .toList();
  }

  @Test
  void aModuleThatCannotBeReadIsInNobodysWay() {
    assertThat(at("")).contains("broken ", "ping ");
    assertThat(at("bro")).containsExactly("broken ");
    assertThat(at("broken st")).isEmpty();
  }

  @Test
  void modulesOptionsAndTheirChoices() {
    assertThat(at("servi")).containsExactly("service ", "service_facts ");
    assertThat(at("")).contains("ping ", "run ", "service ");
    assertThat(at("service st")).containsExactly("service state=", "service stable_for=");
    assertThat(at("service state=started st")).containsExactly("service state=started stable_for=");
    assertThat(at("service state=re"))
        .containsExactly("service state=restarted ", "service state=reloaded ");
    assertThat(at("service enabled=")).contains("service enabled=true ");
    assertThat(at("ansible.builtin.service na")).containsExactly("ansible.builtin.service name=");
    assertThat(at("nonsense x")).isEmpty();
    assertThat(completions.at("service na").offers().get(0).about()).startsWith("The unit");
  }

  @Test
  void files() {
    assertThat(at("copy src=" + folder + "/no"))
        .containsExactly("copy src=" + folder + "/notes.txt ");
    assertThat(at("copy src=no")).containsExactly("copy src=notes.txt ");
    assertThat(at("copy src=pl")).containsExactly("copy src=playbooks/");
    assertThat(at(":save si")).containsExactly(":save site.yaml ");
  }

  @Test
  void withinQuotes() throws IOException {
    Files.writeString(folder.resolve("my notes.txt"), "");
    assertThat(at("copy src=\"no")).containsExactly("copy src=\"notes.txt\" ");
    assertThat(at("copy src='pl")).containsExactly("copy src='playbooks/");
    assertThat(at("copy src=\"my n")).containsExactly("copy src=\"my notes.txt\" ");
    assertThat(at("copy src=\"my notes.txt\" des"))
        .containsExactly("copy src=\"my notes.txt\" dest=");
    assertThat(at("service state=\"re"))
        .containsExactly("service state=\"restarted\" ", "service state=\"reloaded\" ");
    assertThat(at("copy:\n  src: \"no")).containsExactly("copy:\n  src: \"notes.txt\" ");
    assertThat(at("run 'playbooks/up")).containsExactly("run 'playbooks/upgrade.yml' ");
    assertThat(at(":save \"si")).containsExactly(":save \"site.yaml\" ");
    assertThat(at("debug msg=it's na")).isEmpty();
  }

  @Test
  void playbooksAndTheirOptions() {
    assertThat(at("run ")).contains("run playbooks/", "run site.yaml ", "run upgrade.yml ");
    assertThat(at("run ")).doesNotContain("run notes.txt ");
    assertThat(at("run playbooks/u")).containsExactly("run playbooks/upgrade.yml ");
    assertThat(at("run site.yaml --ch")).containsExactly("run site.yaml --check ");
  }

  @Test
  void hostsAndGroups() {
    assertThat(at(":hosts te")).containsExactly(":hosts tegu");
    assertThat(at(":hosts tegu:!n")).containsExactly(":hosts tegu:!n1", ":hosts tegu:!n2");
    assertThat(at(":hosts d")).containsExactly(":hosts database", ":hosts db1");
    assertThat(at(":vars d")).containsExactly(":vars db1 ");
    assertThat(at(":vars n1 tegu_")).containsExactly(":vars n1 tegu_version");
  }

  @Test
  void commands() {
    assertThat(at(":h")).containsExactly(":hosts ", ":help ");
    assertThat(at(":check o")).containsExactly(":check on ", ":check off ");
    assertThat(at(":doc pin")).containsExactly(":doc ping ");
    assertThat(at(":facts distribution_r")).containsExactly(":facts distribution_release");
    assertThat(at(":watch 2s 10x servi")).contains(":watch 2s 10x service ");
    assertThat(at(":watch 2s service state=sta"))
        .containsExactly(":watch 2s service state=started ");
  }

  @Test
  void expressions() {
    repl.run(Source.inline("line", "! echo x"));
    assertThat(at("{{ tegu_v")).containsExactly("{{ tegu_version");
    assertThat(at("{{ x | uppe")).containsExactly("{{ x | upper ");
    assertThat(at("{{ x is defi")).containsExactly("{{ x is defined ");
    assertThat(at("debug msg=\"{{ inventory_hostname_"))
        .contains("debug msg=\"{{ inventory_hostname_short");
    assertThat(at("{{ $")).containsExactly("{{ $1");
    assertThat(at("{{ $1.stdo")).containsExactly("{{ $1.stdout", "{{ $1.stdout_lines");
    assertThat(at("$_.n")).containsExactly("$_.n1", "$_.n2");
    assertThat(at("{{ x }} tegu_v")).isEmpty();
  }

  @Test
  void blocks() {
    assertThat(at("service:\n  st"))
        .containsExactly("service:\n  state: ", "service:\n  stable_for: ");
    assertThat(at("service:\n  state: sto")).containsExactly("service:\n  state: stopped ");
    assertThat(at("service:\n  name: x\nwhe")).containsExactly("service:\n  name: x\nwhen: ");
    assertThat(at("- servi")).contains("- service:");
    assertThat(at("- name: x\n  servi")).contains("- name: x\n  service:");
    assertThat(at("- service:\n    na")).containsExactly("- service:\n    name: ");
  }

  @Test
  void mistakesOfferNothing() {
    repl.run(Source.inline("line", ":hosts n1"));
    assertThat(at(":vars nobody x")).isEmpty();
    assertThat(at("! ls et")).isEmpty();
    assertThat(at(":watch 1s ".repeat(20_000))).isEmpty();
  }

  @Test
  void hostsInExpressions() {
    repl.run(Source.inline("line", "! echo x"));
    assertThat(at("{{ hostvars[\"n")).containsExactly("{{ hostvars[\"n1\"]", "{{ hostvars[\"n2\"]");
    assertThat(at("{{ hostvars['w")).containsExactly("{{ hostvars['web-1']");
    assertThat(at("{{ hostvars.n")).containsExactly("{{ hostvars.n1", "{{ hostvars.n2");
    assertThat(at("{{ groups.te")).containsExactly("{{ groups.tegu");
    assertThat(at("{{ groups.la")).containsExactly("{{ groups['late-ones']");
    assertThat(at("$1.w")).containsExactly("$1['web-1']");
    assertThat(at("$1['w")).containsExactly("$1['web-1']");
    assertThat(at("$1.")).contains("$1.n1", "$1['web-1']", "$1.stdout");
    assertThat(at("{{ $1.n1.std")).contains("{{ $1.n1.stdout", "{{ $1.n1.stderr");
    assertThat(at("{{ $1['web-1'].std")).contains("{{ $1['web-1'].stdout");
    assertThat(at("{{ 'n")).isEmpty();
    repl.run(Source.inline("line", "{{ {'one': {'two-two': 2}} }}"));
    assertThat(at("$2.o")).containsExactly("$2.one");
    assertThat(at("$2.n1.one.t")).containsExactly("$2.n1.one['two-two']");
  }

  @Test
  void whatComesBehindOptionsOfPlaybooks() {
    assertThat(at("run one.yml --limit n"))
        .containsExactly("run one.yml --limit n1", "run one.yml --limit n2");
    assertThat(at("run one.yml --limit tegu:!d")).contains("run one.yml --limit tegu:!db1");
    assertThat(at("run one.yml --limit=te")).containsExactly("run one.yml --limit=tegu");
    assertThat(at("run one.yml --tags s")).isEmpty();
    assertThat(at("run one.yml --check si")).containsExactly("run one.yml --check site.yaml ");
  }

  @Test
  void tasksWithinTasks() {
    assertThat(at("- block:\n    - file:\n        pat")).contains(inBlock("file:\n        path: "));
    assertThat(at("- block:\n    - servi")).contains(inBlock("service:"));
    assertThat(at("- block:\n  - servi")).contains("- block:\n  - service:");
    assertThat(at("- block:\n    - service:\n        state: sto"))
        .containsExactly(inBlock("service:\n        state: stopped "));
    assertThat(at("- block:\n    - service:\n        name: x\n      whe"))
        .containsExactly(inBlock("service:\n        name: x\n      when: "));
    assertThat(at("- file:\n    path: x\n- servi")).contains("- file:\n    path: x\n- service:");
    assertThat(at("- file:\n    path: x\n    pat")).isEmpty();
    assertThat(at("- service: {name: x, stat")).containsExactly("- service: {name: x, state: ");
    assertThat(at("service: {stat")).containsExactly("service: {state: ");
    assertThat(at("- service: {state: sto")).containsExactly("- service: {state: stopped");
  }

  private static String inBlock(String rest) {
    return "- block:\n    - " + rest;
  }

  @Test
  void valuesOfKeywords() {
    assertThat(at("ping:\ndelegate_to: n")).contains("ping:\ndelegate_to: n1 ");
    assertThat(at("ping:\nwhen: tegu_v")).containsExactly("ping:\nwhen: tegu_version");
    assertThat(at("ping:\nwhen: tegu_version is defi"))
        .containsExactly("ping:\nwhen: tegu_version is defined ");
  }

  @Test
  void groovyAndPaths() {
    assertThat(at(":groovy vars.tegu_v")).containsExactly(":groovy vars.tegu_version");
    assertThat(at("! cat " + folder + "/no")).containsExactly("! cat " + folder + "/notes.txt ");
  }
}
