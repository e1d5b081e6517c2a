package dev.molt.runner.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs once after a build, so that the JVM can archive the classes that a usual run loads. Works on
 * this machine only: a playbook without SSH, and one that fails to connect to a closed port of
 * loopback.
 */
final class Warmup {
  private static final String PLAYBOOK =
      """
      - hosts: all
        gather_facts: false
        ignore_unreachable: true
        vars:
          words: [a, b]
          text: "{{ words | map('upper') | join(',') }}-{{ 1 + 2 }}"
        tasks:
          - command: echo {{ text }}
            register: said
            changed_when: false
            when: said is not defined
          - shell: echo {{ item }}
            loop: "{{ words }}"
          - copy:
              content: "{{ text }}\\n"
              dest: "{{ lookup('env', 'MOLT_WARMUP') }}/copied"
          - stat:
              path: "{{ lookup('env', 'MOLT_WARMUP') }}"
            register: found
          - assert:
              that: found.stat.exists and found.stat.isdir
          - set_fact:
              version_ok: "{{ '1.2.3' is version('1.2.0', '>=') }}"
          - block:
              - fail:
            rescue:
              - debug:
                  msg: "{{ ansible_failed_task.name }}"
      """;

  /** Groovy's classes too: a run with hooks is to start nearly as fast as one without. */
  private static final String HOOKED =
      """
      - hosts: here
        gather_facts: false
        hooks: warm.groovy
        tasks:
          - ping:
            hooks: {after: "set 'x', it.findAll { k, v -> v }.keySet().sort().join(',')"}
      """;

  private static final String HOOKS =
      """
      def text = { one, other = 2 -> "$one ${other + 1}".toUpperCase() }
      beforeRun { if (hosts.size() > 9) fail 'many' }
      before { [1, 2].each { n -> set "n$n", text(n) } }
      beforeTask {
        def r = look('echo 1.2')
        if (r.ok && r.stdout ==~ /[0-9.]+/) set 'v', r.stdout.tokenize('.')
      }
      after { result -> result.hosts?.collect { it.size() } }
      """;

  private static final String INVENTORY =
      """
      all:
        hosts:
          here: {ansible_connection: local}
          nowhere: {ansible_host: 127.0.0.1, ansible_port: 1}
      """;

  private Warmup() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("molt-warmup");
    try {
      Path playbook = folder.resolve("warmup.yml");
      Files.writeString(
          playbook, PLAYBOOK.replace("{{ lookup('env', 'MOLT_WARMUP') }}", folder.toString()));
      Path hooked = folder.resolve("hooked.yml");
      Files.writeString(hooked, HOOKED);
      Files.writeString(folder.resolve("warm.groovy"), HOOKS);
      Path inventory = folder.resolve("hosts.yml");
      Files.writeString(inventory, INVENTORY);
      PrintStream nothing =
          new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
      Main.execute(List.of("run", hooked.toString(), "-i", inventory.toString()), nothing, nothing);
      for (String output : List.of("molt", "ansible")) {
        for (String kind : List.of("--check", "--diff")) {
          String hosts = inventory.toString();
          Main.execute(
              List.of("run", playbook.toString(), "-i", hosts, kind, "--output", output),
              nothing,
              nothing);
        }
      }
      String lines = "! echo {{ inventory_hostname }}";
      Main.execute(List.of("repl", "-i", inventory.toString(), "-c", lines), nothing, nothing);
      dev.molt.runner.repl.terminal.Terminals.readNothing();
    } finally {
      Interrupts.finished(0);
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
