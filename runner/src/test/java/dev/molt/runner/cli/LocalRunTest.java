package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on this machine: what needs a host that answers, and the engine around it. */
class LocalRunTest {
  @TempDir Path folder;

  private record Shown(int status, String text) {}

  private Shown run(String playbook, String... more) throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(file, playbook);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", file.toString(), "-i", "here,", "-c", "local"));
    words.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, false, StandardCharsets.UTF_8);
    int status = Main.execute(words, both, both);
    return new Shown(status, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void factsAreThereWhereSomethingRefersToThem() throws IOException {
    Shown shown =
        run(
            """
            - hosts: all
              environment: {KERNEL: "{{ ansible_kernel | default('not known yet') }}"}
              tasks:
                - debug: {msg: "{{ undefined_here | default('nothing') }}"}
                - debug: {msg: "at first {{ ansible_kernelx is defined }}"}
                - debug: {msg: "by name {{ ansible_kernel is defined }}"}
                - debug: {msg: "all {{ ansible_facts.hostname is defined }}"}
                - debug: {msg: "of others {{ hostvars['here'].ansible_os_family is defined }}"}
                - command: printenv KERNEL
                  register: kernel
                - assert: {that: "kernel.stdout == ansible_facts['kernel']"}
            """);
    assertThat(shown.text)
        .contains("nothing", "at first False", "by name True", "all True", "of others True")
        .doesNotContain("FAILED", "Gathering Facts");
    assertThat(shown.status).isZero();
  }

  @Test
  void factsAreKeptBetweenRunsUntilTheyAreFlushed() throws IOException {
    Path cfg = folder.resolve("ansible.cfg");
    Path facts = folder.resolve("facts");
    Files.writeString(
        cfg,
        "[defaults]\nfact_caching = jsonfile\nfact_caching_connection = "
            + facts
            + "\ngathering = smart\n");
    String playbook =
        """
        - hosts: all
          tasks:
            - set_fact: {cacheable: true, own: "{{ own | default('first') }} again"}
            - debug: {msg: "{{ ansible_kernel is defined }} {{ own }}"}
        """;
    assertThat(configured(cfg, playbook).text).contains("Gathering Facts", "True first again");
    assertThat(facts.resolve("here")).content().contains("ansible_kernel");
    assertThat(configured(cfg, playbook).text)
        .contains("True first again again")
        .doesNotContain("Gathering Facts");
    assertThat(configured(cfg, playbook, "--flush-cache").text)
        .contains("Gathering Facts", "True first again\n");
    Files.writeString(facts.resolve("here"), "{broken");
    assertThat(configured(cfg, playbook).text)
        .contains("the facts kept in " + facts.resolve("here") + " cannot be read")
        .contains("Gathering Facts");
  }

  private Shown configured(Path cfg, String playbook, String... more) throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(file, playbook);
    List<String> words = new ArrayList<>();
    words.addAll(List.of(file.toString(), "-i", "here,", "-c", "local"));
    words.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, false, StandardCharsets.UTF_8);
    Settings settings = Settings.load(Map.of("ANSIBLE_CONFIG", cfg.toString()), folder);
    int status = new RunCommand(both, both, settings, new ExitStatus()).execute(words);
    return new Shown(status, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whoWantsNoFactsHasNone() throws IOException {
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks: [{debug: {msg: "{{ ansible_kernel is defined }} {{ ansible_facts }}"}}]
            """);
    assertThat(shown.text).contains("False {}");
  }

  @Test
  void aTaskEndsWhenItsTimeIsUp() throws IOException {
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - command: sleep 97.5
                  timeout: 1
                  ignore_errors: true
                  register: slow
                - assert: {that: [slow is timedout, slow.timedout.period == 1]}
                - shell: ps ax | grep -c 'slee[p] 97.5'
                  register: left
                  failed_when: left.stdout != '0'
                - command: echo in time
                  timeout: 60
            """);
    assertThat(shown.text)
        .contains(
            "The command action failed to execute in the expected time frame (1) and was"
                + " terminated");
    assertThat(shown.status).as(shown.text).isZero();
  }

  @Test
  void tasksGoOnByThemselves() throws IOException {
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              vars: {ansible_async_dir: "%s"}
              tasks:
                - shell: sleep 0.4; echo {{ item }}
                  loop: [one, two]
                  async: 30
                  poll: 0
                  register: started
                - assert: {that: "started.results[0].finished == 0"}
                - async_status: {jid: "{{ item.ansible_job_id }}"}
                  loop: "{{ started.results }}"
                  register: ended
                  until: ended is finished
                  retries: 100
                  delay: 0.1
                - assert: {that: "ended.results | map(attribute='stdout') == ['one', 'two']"}
                - command: echo waited for
                  async: 30
                  poll: 1
                  register: waited
                - assert: {that: [waited.stdout == 'waited for', waited is finished]}
                - command: sleep 30
                  async: 1
                  poll: 1
                  ignore_errors: true
                  register: late
                - assert: {that: late is failed}
                - debug: {msg: never}
                  async: 1
                  ignore_errors: true
                  register: refused
                - assert: {that: "'does not support async' in refused.msg"}
            """
                .formatted(folder.resolve("jobs")));
    assertThat(shown.status).as(shown.text).isZero();
    assertThat(folder.resolve("jobs")).isDirectory();
  }

  @Test
  void askedStepByStep() throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("y\nn\nc\n".getBytes(StandardCharsets.UTF_8)));
    try {
      Shown shown =
          run(
              """
              - hosts: all
                gather_facts: false
                tasks:
                  - {name: one, debug: {msg: "ran 1"}}
                  - {name: two, debug: {msg: "ran 2"}}
                  - {name: three, debug: {msg: "ran 3"}}
                  - {name: four, debug: {msg: "ran 4"}}
              """,
              "--step");
      assertThat(shown.text)
          .contains("Perform task: TASK: one (N)o/(y)es/(c)ontinue: ", "ran 1", "ran 3", "ran 4")
          .doesNotContain("ran 2", "Perform task: TASK: four");
    } finally {
      System.setIn(before);
    }
  }
}
