package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hooks in whole runs on this machine. */
class HookRunTest extends HookKit {
  @Test
  void theOrderIsFromTheOutsideInAndBack() throws IOException {
    hook(
        """
        beforeRun { say 'before run' }
        afterRun { say 'after run' }
        before { say 'before play' }
        after { say 'after play' }
        beforeBatch { say "before batch ${hosts}" }
        afterBatch { say 'after batch' }
        beforeHost { say 'before host' }
        afterHost { say 'after host' }
        beforeTask { say "before ${task.name}" }
        afterTask { say "after ${task.name} ${it.status}" }
        """);
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              hooks: h.groovy
              tasks:
                - name: one
                  command: "true"
                  hooks: {before: "say 'own before'", after: "say 'own after'"}
                - {name: two, command: "true", when: false}
            """);
    assertThat(shown.said())
        .containsExactly(
            "before run",
            "before play",
            "before batch [a]",
            "a: before host",
            "a: before one",
            "a: own before",
            "a: own after",
            "a: after one changed",
            "a: after host",
            "after batch",
            "after play",
            "after run");
    assertThat(shown.status()).isZero();
  }

  @Test
  void aVetoOfATaskIsAFailureThatARescueCatches() throws IOException {
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - block:
                    - command: "false"
                      hooks:
                        before: |
                          if (host == 'a') fail "not on $host"
                          skip 'later'
                  rescue:
                    - debug: {msg: "rescued: {{ ansible_failed_result.msg }}"}
            """);
    assertThat(shown.text()).contains("rescued: not on a", "later").contains("site.yml:8");
    assertThat(shown.status()).isZero();
  }

  @Test
  void failuresAreTold() throws IOException {
    hook(
        """
        onFailure { r -> say "failed: ${task.name} rc ${r.rc} on ${r.host}" }
        onUnreachable { h -> say "lost: $h" }
        """);
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              hooks: h.groovy
              tasks:
                - {name: ignored, command: "false", ignore_errors: true}
                - name: breaks
                  command: "false"
                  when: inventory_hostname == 'a'
                - ping:
                  vars: {ansible_connection: ssh, ansible_host: 127.0.0.1, ansible_port: 1}
            """);
    assertThat(shown.said()).contains("a: failed: breaks rc 1 on a", "b: lost: b");
    assertThat(shown.text()).doesNotContain("failed: ignored");
    assertThat(shown.status()).isEqualTo(4);
  }

  @Test
  void aHookThatDoesNotEndIsEnded() throws IOException {
    hook("beforeTask { while (true) { Thread.sleep(50) } }\n");
    Shown shown =
        run(
            Map.of("MOLT_HOOK_TIMEOUT", "1"),
            """
            - hosts: a
              gather_facts: false
              hooks: h.groovy
              tasks: [{command: "true"}]
            """);
    assertThat(shown.text())
        .contains("a hook took longer than 1 s, and was ended", "hooks/h.groovy:1:1");
    assertThat(shown.status()).isEqualTo(2);
  }

  @Test
  void commandsOfAHookAreThoseOfItsTask() throws IOException {
    hook(
        """
        beforeTask {
          set 'looked', look('echo $WHO; exit 3')
          set 'ran', run("touch '${vars.playbook_dir}/ran'")
          set 'other', run('cat', on: 'b', stdin: 'in')
        }
        """);
    String playbook =
        """
        - hosts: a
          gather_facts: false
          hooks: h.groovy
          tasks:
            - debug: {msg: "{{ looked.stdout }} {{ looked.rc }} {{ ran.ok }} {{ other.stdout }}"}
              environment: {WHO: me}
        """;
    Shown check = run(playbook, "--check");
    assertThat(check.text()).contains("me 3 True ");
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(run(playbook).said()).contains("me 3 True in");
    assertThat(folder.resolve("ran")).exists();
  }

  @Test
  void httpIsCalledFromHere() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> asked = new ArrayList<>();
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          synchronized (asked) {
            asked.add(exchange.getRequestMethod() + " " + body);
          }
          byte[] answer = "{\"up\": [1, 2]}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(202, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      hook(
          """
          before {
            def url = "http://127.0.0.1:${vars.port}/"
            say "${http(url).status} ${http(url).json.up}"
            say "${http(url, body: [a: 1]).status}"
          }
          """);
      String playbook =
          """
          - hosts: a
            gather_facts: false
            vars: {port: %d}
            hooks: h.groovy
            tasks: [{ping: }]
          """
              .formatted(server.getAddress().getPort());
      assertThat(run(playbook).said()).containsExactly("202 [1, 2]", "202");
      assertThat(asked).contains("GET ", "POST {\"a\": 1}");
      asked.clear();
      assertThat(run(playbook, "--check").said()).containsExactly("202 [1, 2]", "0");
      assertThat(asked).allMatch("GET "::equals);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void hostsAreAddedForThePlaysToCome() throws IOException {
    hook("before { addHost 'c', groups: ['new'], ansible_connection: 'local', n: 7 }\n");
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              hooks: h.groovy
              tasks:
                - add_host: {name: d, groups: new, ansible_connection: local, n: 8}
            - hosts: new
              gather_facts: false
              tasks: [{debug: {msg: "{{ n }}"}}]
            """);
    assertThat(shown.said()).contains("7", "8");
  }

  @Test
  void mistakesInScriptsStopTheRunBeforeAnythingIsDone() throws IOException {
    hook("before { say 'x }\n");
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              hooks: h.groovy
              tasks:
                - command: touch done
                  args: {chdir: "{{ playbook_dir }}"}
            """);
    assertThat(shown.status()).isOne();
    assertThat(shown.text()).contains("hooks/h.groovy:1:");
    assertThat(folder.resolve("done")).doesNotExist();
  }

  @Test
  void thePointOfNoReturnIsPassedOnce() throws IOException {
    hook("onPointOfNoReturn { if (vars.stop) fail 'stay here'; say 'no way back' }\n");
    String playbook =
        """
        - hosts: all
          gather_facts: false
          vars: {stop: false}
          hooks: h.groovy
          tasks:
            - {command: "true", point_of_no_return: true, when: false}
            - {name: go, command: "true", point_of_no_return: true, when: inventory_hostname == 'a'}
            - {command: "true", point_of_no_return: true}
        """;
    Shown gone = run(playbook);
    assertThat(gone.said()).filteredOn("no way back"::equals).hasSize(1);
    assertThat(gone.text())
        .containsPattern("no return +from here on there is no way back +a\\n +changed +go");
    Shown stayed = run(playbook, "-e", "{stop: true}");
    assertThat(stayed.status()).isEqualTo(2);
    assertThat(stayed.text())
        .contains("stay here")
        .doesNotContain("no return ")
        .doesNotContain("changed ");
    assertThat(run(playbook, "--check").text()).doesNotContain("no way back");
  }

  @Test
  void whereItIsCalledOnceForAllTheFirstHostsVariablesAreSeen() throws IOException {
    Files.createDirectories(folder.resolve("group_vars"));
    Files.writeString(folder.resolve("group_vars/all.yml"), "frozen: true\n");
    Files.writeString(folder.resolve("v.yml"), "window: sunday\n");
    hook(
        """
        before {
          say "$vars.window $vars.inventory_hostname"
          if (vars.getOrDefault('frozen', false)) fail 'frozen'
        }
        """);
    Shown shown =
        run(
            """
            - hosts: all
              gather_facts: false
              hooks: h.groovy
              vars_files: v.yml
              tasks: [{ping: {}}]
            """);
    assertThat(shown.said()).contains("sunday a");
    assertThat(shown.text()).contains("error: frozen").doesNotContain("ping");
    assertThat(shown.status()).isNotZero();
  }

  @Test
  void anOptionThatAShellDoesNotHaveIsNoAnswer() throws IOException {
    Shown shown =
        run(
            """
            - hosts: a
              gather_facts: false
              tasks:
                - ping:
                  hooks: {before: "say look('true', onn: 'b').ok"}
            """);
    assertThat(shown.text()).contains("shell has no option 'onn'", "FAILED");
  }

  @Test
  void aFileThatIsNotReadToItsEndIsToldOf() throws IOException {
    hook("while (true) { sleep 50 }\nbefore { say 'never' }\n");
    Shown shown =
        run(
            Map.of("MOLT_HOOK_TIMEOUT", "1"),
            "- hosts: a\n  gather_facts: false\n  hooks: h.groovy\n  tasks: [{ping: {}}]\n");
    assertThat(shown.text())
        .contains("error: loading these hooks took longer than 1 s", "site.yml:3:10");
    assertThat(shown.text()).doesNotContain("never");
  }
}
