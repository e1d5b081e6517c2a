package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on this machine, as each output shows them. */
class OutputRunTest {
  @TempDir Path folder;

  private record Shown(int status, String out, String err) {}

  private Shown run(String output, String playbook, String... more) throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(file, playbook);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", file.toString(), "-i", "here,", "-c", "local"));
    words.addAll(List.of("--output", output));
    words.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.execute(
            words,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8));
    return new Shown(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Headings without what fills their lines. */
  private static String brief(String out) {
    return out.replaceAll("(?m) \\*{3,}$", "");
  }

  /** As in Ansible: only with a condition it is known that a command would be run. */
  @Test
  void aCheckIsSureOfCommandsWithAConditionOnly() throws IOException {
    Shown shown =
        run(
            "ansible",
            """
            - hosts: all
              gather_facts: false
              tasks:
                - command: echo
                - command: {cmd: echo, creates: /none/of/it}
                - command: {cmd: echo, creates: /}
            """,
            "--check");
    assertThat(brief(shown.out()))
        .containsSubsequence("skipping: [here]", "changed: [here]", "ok: [here]", "PLAY RECAP")
        .contains("ok=2    changed=1    unreachable=0    failed=0    skipped=1");
  }

  private static final String PLAYBOOK =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - name: loops
            command: echo {{ item }}
            loop: [1, 2, 3]
            when: item != 2
            changed_when: item == 3
            loop_control: {label: "no {{ item }}"}
          - debug: {msg: "greetings\\nand ünïcode"}
          - debug: {msg: "{{ item }}"}
            loop: [a]
          - name: fails
            command: echo {{ item }}
            loop: [x, y]
            failed_when: item == 'y'
            ignore_errors: true
          - command: echo no
            when: false
          - name: secret
            command: echo {{ item }}
            loop: [hush]
            no_log: true
          - name: again
            command: "true"
            register: r
            until: r.attempts == 3
            retries: 5
            delay: 0
          - assert: {that: 1 == 1}
          - assert: {that: 1 == 1, quiet: true}
          - name: elsewhere
            command: "true"
            delegate_to: there
      """;

  @Test
  void asAnsibleShowsIt() throws IOException {
    Shown shown = run("ansible", PLAYBOOK);
    assertThat(shown.err).isEmpty();
    assertThat(brief(shown.out).replaceAll("(\"(delta|start|end)\": )\"[^\"]*\"", "$1\"\""))
        .isEqualTo(
            """

            PLAY [all]

            TASK [loops]
            ok: [here] => (item=no 1)
            skipping: [here] => (item=no 2)\s
            changed: [here] => (item=no 3)

            TASK [debug]
            ok: [here] => {
                "msg": "greetings\\nand ünïcode"
            }

            TASK [debug]
            ok: [here] => (item=a) => {
                "msg": "a"
            }

            TASK [fails]
            changed: [here] => (item=x)
            failed: [here] (item=y) => {"ansible_loop_var": "item", "changed": true,\
             "cmd": ["echo", "y"], "delta": "", "end": "", "failed_when_result": true,\
             "item": "y", "msg": "", "rc": 0, "start": "", "stderr": "", "stderr_lines": [],\
             "stdout": "y", "stdout_lines": ["y"]}
            ...ignoring

            TASK [command]
            skipping: [here]

            TASK [secret]
            changed: [here] => (item=(censored due to no_log))
            changed: [here]

            TASK [again]
            FAILED - RETRYING: [here]: again (5 retries left).
            FAILED - RETRYING: [here]: again (4 retries left).
            changed: [here]

            TASK [assert]
            ok: [here] => {
                "changed": false,
                "msg": "All assertions passed"
            }

            TASK [assert]
            ok: [here]

            TASK [elsewhere]
            changed: [here -> there]

            PLAY RECAP
            here                       : ok=9    changed=5    unreachable=0    failed=0   \
             skipped=1    rescued=0    ignored=1  \s

            """);
    assertThat(shown.status).isZero();
  }

  @Test
  void aMistakeIsShownWithItsLinesBesideTheResult() throws IOException {
    Shown shown =
        run(
            "ansible",
            "- hosts: all\n  gather_facts: false\n  tasks:\n    - debug: {msg: '{{ x.y }}'}\n");
    assertThat(shown.status).isEqualTo(2);
    assertThat(shown.out)
        .contains("fatal: [here]: FAILED! => {\"")
        .contains("'x' is undefined")
        .contains("failed=1 ");
    assertThat(shown.err)
        .startsWith("ERROR! 'x' is undefined\n")
        .contains("4 |     - debug: {msg: '{{ x.y }}'}\n");
    Shown early = run("ansible", "- hosts: all\n  taks: []\n");
    assertThat(early.status).isEqualTo(4);
    assertThat(early.out).isEmpty();
    assertThat(early.err).startsWith("ERROR! 'taks' is not a keyword of a play\n");
  }

  @Test
  void differencesAsUnifiedDiffs() throws IOException {
    Path file = folder.resolve("greeting");
    Files.writeString(file, "hello\n");
    String playbook =
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - copy: {dest: '"
            + file
            + "', content: \"hello\\nworld\\n\"}\n      when: true\n";
    String diff =
        "--- before: "
            + file
            + "\n+++ after: "
            + file
            + "\n@@ -1 +1,2 @@\n hello\n+world\n\nchanged: [here]\n";
    assertThat(run("ansible", playbook, "--diff", "--check").out).contains(diff);
    assertThat(run("ansible", playbook).out).contains("\nchanged: [here]\n").doesNotContain("@@");
    Files.writeString(file, "hello\n");
    assertThat(run("ansible", playbook.replace("when: true", "diff: true")).out).contains(diff);
  }

  @Test
  void asLinesOfJson() throws IOException {
    Shown shown = run("json", PLAYBOOK);
    List<MapValue> lines = shown.out.lines().map(l -> (MapValue) Json.parse(l)).toList();
    assertThat(lines.stream().map(l -> ((StrValue) l.get("event")).text()))
        .startsWith("run_started", "play_started", "task_started")
        .contains("item_finished", "host_finished", "retrying", "task_finished")
        .endsWith("run_finished");
    assertThat(shown.out).doesNotContain("hush").doesNotContain("_ansible_");
    assertThat(shown.status).isZero();
  }
}
