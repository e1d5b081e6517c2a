package dev.molt.runner.cli;

import dev.molt.runner.repl.terminal.Terminals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
              dest: "{{ playbook_dir }}/copied"
          - stat:
              path: "{{ playbook_dir }}"
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
      def seen = []
      beforeRun { if (hosts.size() > 9) fail 'many' }
      before {
        if (vars.getOrDefault('frozen', false) || vars.containsKey('thawed')) fail 'frozen'
        [1, 2].each { n -> set "n$n", text(n) }
      }
      beforeTask {
        def r = look('echo 1.2')
        if (r.ok && r.stdout ==~ /[0-9.]+/) set 'v', r.stdout.tokenize('.')
        seen << task.name
        if (seen.size() > 9) fail "too many: ${seen.join(', ')}"
      }
      afterTask { r -> if (r.rc && r.rc != 0) say "failed: ${r.stderr}" }
      after { result ->
        result.hosts?.collect { it.size() }
        if (!result.failed.isEmpty() || seen.any { it == null }) say "failed: $result.failed"
        set 'all_well', result.failed.isEmpty() && (seen.sort()[0] ?: 'x').startsWith('p')
      }
      """;

  private static final String INI =
      """
      [local]
      here ansible_connection=local n=1
      [all:vars]
      text="{{ n }}"
      """;

  private static final String INVENTORY =
      """
      all:
        hosts:
          here: {ansible_connection: local}
          nowhere: {ansible_host: 127.0.0.1, ansible_port: 1}
      """;

  private Warmup() {}

  /**
   * Writes the files, and makes the classes of the hooks, in a process of its own: an AOT cache
   * loads all it holds at every start, and the compiler, which a run with hooks rarely needs, is a
   * fifth of all that.
   *
   * @param arguments {@code compile} or {@code run}, and the folder to do it in. Scripts are found
   *     again by their path and below {@code XDG_CACHE_HOME}: both must be the same.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    Path playbook = folder.resolve("warmup.yml");
    Path hooked = folder.resolve("hooked.yml");
    Path inventory = folder.resolve("hosts.yml");
    Path ini = folder.resolve("hosts");
    try {
      if (arguments[0].equals("compile")) {
        Files.writeString(playbook, PLAYBOOK);
        Files.writeString(hooked, HOOKED);
        Files.writeString(folder.resolve("warm.groovy"), HOOKS);
        Files.writeString(inventory, INVENTORY);
        Files.writeString(ini, INI);
        molt("run", hooked, "-i", inventory);
      } else {
        molt("run", hooked, "-i", ini);
        for (String output : List.of("molt", "ansible")) {
          for (String kind : List.of("--check", "--diff")) {
            molt("run", playbook, "-i", inventory, kind, "--output", output);
          }
        }
        molt("repl", "-i", inventory, "-c", "! echo {{ inventory_hostname }}");
        Terminals.readNothing();
      }
    } finally {
      Interrupts.finished(0);
    }
  }

  private static void molt(Object... arguments) {
    PrintStream nothing =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Main.execute(Stream.of(arguments).map(Object::toString).toList(), nothing, nothing);
  }
}
