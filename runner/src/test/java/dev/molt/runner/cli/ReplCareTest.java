package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.cli.ReplKit.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways around {@code molt_confirm} and {@code --read-only}, and what is told of what was done. */
class ReplCareTest {
  @TempDir Path folder;
  private Path made;
  private ReplKit repl;

  @BeforeEach
  void inventory() throws IOException {
    made = folder.resolve("made");
    Path hosts = folder.resolve("hosts.yml");
    Files.writeString(
        hosts,
        """
        all:
          vars: {ansible_connection: local}
          hosts:
            dev:
            prod: {molt_confirm: true}
        """);
    repl = new ReplKit(hosts.toString());
  }

  private void isAskedFor(String... lines) {
    assertThat(repl.lines(lines).text()).contains("nobody to ask");
    assertThat(made).doesNotExist();
  }

  @Test
  void aHostThatAsksIsReachedInNoOtherWay() throws IOException {
    isAskedFor(":hosts dev", ":groovy run('touch " + made + "', on: 'prod').rc");
    isAskedFor(":groovy run('touch " + made + "').rc");
    Shown watched =
        repl.lines(":hosts dev", ":watch 1ms 1x {shell: touch " + made + ", delegate_to: prod}");
    assertThat(watched.text()).contains("molt_confirm for prod, and there is nobody to ask");
    assertThat(watched.status()).isEqualTo(1);
    assertThat(made).doesNotExist();
    Path library = Files.createDirectories(folder.resolve("library"));
    Files.writeString(
        library.resolve("there.groovy"),
        "plan { unknown 'would touch' }\napply { run \"touch " + made + "\", on: 'prod' }\n");
    Path playbook = folder.resolve("site.yml");
    Files.writeString(playbook, "- hosts: dev\n  tasks: [{there: {}}]\n");
    isAskedFor(":hosts dev", "run " + playbook);
    assertThat(repl.run("--yes", "-c", ":hosts dev", "-c", ":groovy run('echo a', on: 'prod').rc"))
        .isEqualTo(new Shown(0, "1 host: dev\ndev: 0\n"));
  }

  @Test
  void whatACheckDoesNotForetellIsAskedForWhenItComesToIt() {
    String file = "file: {path: " + made + ", state: directory}\n";
    isAskedFor(":hosts prod", "- " + file + "  changed_when: false\n");
    isAskedFor(":hosts prod", "- " + file + "  when: not ansible_check_mode\n");
    isAskedFor(":hosts prod", "- ping:\n- " + file + "  check_mode: false\n");
    assertThat(repl.lines(":hosts prod", "- ping:\n  when: false\n").status()).isZero();
    Shown failed =
        repl.lines(":hosts prod", "- " + file + "- assert: {that: not ansible_check_mode}\n");
    assertThat(failed.text()).contains("this was only a check: nothing was changed");
    assertThat(made).doesNotExist();
  }

  @Test
  void noLineSwitchesOffAsking() throws IOException {
    Files.writeString(folder.resolve("off.yml"), "molt_confirm: false\n");
    for (String off :
        List.of(
            "set_fact molt_confirm=false",
            "include_vars " + folder.resolve("off.yml"),
            "add_host name=prod molt_confirm=false",
            "{set_fact: {molt_confirm: false}, delegate_to: prod, delegate_facts: true}")) {
      isAskedFor(":hosts dev:prod", off, "! touch " + made);
      isAskedFor(":hosts all", off, "! touch " + made);
    }
    isAskedFor("- group_by: key=off\n- set_fact: {molt_confirm: false}\n- shell: touch " + made);
    isAskedFor("set_fact molt_confirm=false", ":groovy run('touch " + made + "').rc");
  }

  @Test
  void whereverALineChangesAHostThatAsks() throws IOException {
    isAskedFor(":hosts dev", "{shell: touch " + made + ", \"delegate\\x5fto\": prod}");
    isAskedFor(
        ":hosts dev",
        "set_fact there=prod",
        "{shell: touch " + made + ", vars: {a: 1}, delegate_to: '{{ there }}'}");
    Files.writeString(
        folder.resolve("more.yml"), "- {shell: touch " + made + ", delegate_to: prod}\n");
    isAskedFor(":hosts dev", "include_tasks " + folder.resolve("more.yml"));
    isAskedFor(
        ":hosts dev", "- ping:\n  hooks: {before: \"run 'touch " + made + "', on: 'prod'\"}\n");
    isAskedFor(":hosts dev", "{shell: touch " + made + ", delegate_to: prod, async: 5, poll: 0}");
    assertThat(repl.lines(":hosts dev", "{stat: {path: /}, delegate_to: prod}").status()).isZero();
    assertThat(
            repl.lines(":hosts dev", "- ping:\n  hooks: {before: \"look 'true', on: 'prod'\"}\n")
                .status())
        .isZero();
    assertThat(repl.lines(":hosts dev", "! touch " + made).status()).isZero();
    assertThat(made).exists();
  }

  @Test
  void whatOnlyLooksLooksInAReadOnlySession() throws IOException {
    Shown refused = repl.run("--read-only", "-c", ":groovy look('true').ok");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.text()).contains("read-only, and Groovy could do anything");
    String hooked = "- ping:\n  hooks: {before: \"run 'touch " + made + "'\"}\n";
    assertThat(repl.run("--read-only", "-c", hooked).text())
        .contains("read-only, and hooks could do anything");
    assertThat(repl.run("--read-only", "-c", hooked.replace("hooks", "\"\\x68ooks\"")).text())
        .contains("read-only, and hooks could do anything");
    assertThat(repl.run("--read-only", "-c", "debug: {msg: no hooks here}").status()).isZero();
    Path playbook = folder.resolve("site.yml");
    Files.writeString(
        playbook,
        """
        - hosts: dev
          hooks:
            before: |
              run "touch MADE"
              say look('test -e /no/such').ok ? 'there' : 'not there'
          tasks: [{ping: {}}]
        """
            .replace("MADE", made.toString())
            .replace("run \"", "run on: 'dev', \"")
            .replace("look('", "look(on: 'dev', '"));
    assertThat(repl.run("--read-only", "-c", "run " + playbook).text()).contains(" not there");
    assertThat(made).doesNotExist();
  }

  @Test
  void everyItemIsToldByItself() {
    Shown shown =
        repl.lines(
            ":hosts dev",
            "{shell: 'echo {{ item }}; echo oops >&2; exit {{ item }}', loop: [0, 4]}");
    assertThat(shown.text())
        .contains(
            "item 0: changed  0  stderr | oops\n", "item 4: FAILED  rc 4  4  stderr | oops\n");
  }

  @Test
  void aTextInABlockGoesOnBelow() {
    assertThat(
            repl.pipe(":hosts dev\nshell: |\n  echo a\n  echo b\n\nname: Named\nping:\n\n").text())
        .isEqualTo("1 host: dev\ndev:\n    a\n    b\ndev: ok  ping=pong\n");
  }

  @Test
  void aRoundThatFailedIsNotForgotten() {
    Shown shown =
        repl.lines(":hosts dev", ":watch 1ms 2x ! test -e " + made + " || ! touch " + made);
    assertThat(shown.status()).isEqualTo(2);
  }

  @Test
  void aMistakeInGroovyIsShownOnceBeforeAnythingIsRun() {
    Shown shown = repl.lines(":groovy run('touch " + made + "'); if (x {");
    assertThat(shown.status()).isEqualTo(1);
    String line = "1 | :groovy run('touch " + made + "'); if (x {";
    String caret = "  |" + " ".repeat(line.length() - 4) + "^\n";
    assertThat(shown.text())
        .startsWith("error: Unexpected input: '{'\n --> -c:1:")
        .endsWith(line + "\n" + caret);
    assertThat(made).doesNotExist();
    Shown hooked = repl.lines(":hosts dev", "- ping:\n  hooks: {before: 'run ) 1'}\n");
    assertThat(hooked.status()).isEqualTo(1);
    assertThat(hooked.text()).contains("error: Unexpected input").doesNotContain("FAILED");
  }

  @Test
  void errorsOfJavasAreMistakesOfTheScript() {
    Shown shown = repl.run("--yes", "-c", ":groovy throw new Error('odd')");
    assertThat(shown.status()).isEqualTo(2);
    assertThat(shown.text()).contains("odd").doesNotContain("internal error");
  }
}
