package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.EngineKit.Ran;
import dev.molt.runner.event.RunEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must never reach a listener. */
class SecretsTest {
  private static final String SECRET = "s3cr3t-w0rd";

  @TempDir Path folder;

  private static void unseen(Ran ran) {
    assertThat(ran.events()).hasSizeGreaterThan(3);
    String base64 = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
    for (RunEvent event : ran.events()) {
      assertThat(event.toString()).doesNotContain(SECRET).doesNotContain(base64);
    }
  }

  @Test
  void aSensitiveOptionIsMaskedWhereverItShows() {
    Ran ran =
        new EngineKit(folder)
            .run(
                """
                - name: the play with {{ pw }}
                  hosts: all
                  vars: {pw: s3cr3t-w0rd}
                  tasks:
                    - name: first with {{ pw }}
                      probe: {secret: "{{ pw }}", msg: "say {{ pw }}", value: "{{ [pw, {pw: 1}] }}"}
                      register: r
                    - name: in a loop
                      probe: "{{ item }}"
                      loop: ["{{ pw }}", "{{ pw | b64encode }}"]
                      notify: handler {{ pw }}
                      changed_when: true
                    - {name: "retries {{ pw }}", probe: "{{ pw }}", until: false, retries: 1, delay: 0, ignore_errors: true}
                    - {name: diff, probe: {state: "{{ pw }}"}}
                    - {name: wrong, probe: {sleep: "{{ pw }}"}, ignore_errors: true}
                    - {name: sees it all the same, assert: {that: r.echo == 'it was ' ~ pw}}
                    - {name: stops, probe: {fail: "{{ pw }}"}, any_errors_fatal: true, when: inventory_hostname == 'a'}
                  handlers:
                    - {name: "handler {{ pw }}", probe: "{{ pw }}"}
                """);
    assertThat(ran.lines().stream().filter(l -> l.startsWith("sees it"))).hasSize(1);
    assertThat(ran.lines().toString()).contains("sees it all the same: a b c ok");
    unseen(
        new Ran(
            ran.outcome(),
            ran.events().stream().filter(e -> !(e instanceof RunEvent.PlayStarted)).toList(),
            ran.log()));
  }

  @Test
  void noLogHidesAllButTheStatus() {
    Ran ran =
        new EngineKit(folder)
            .inventory("a\n")
            .tasks(
                """
                - {name: ok, probe: {msg: s3cr3t-w0rd}, no_log: true, register: r}
                - {name: item, probe: "{{ item }}", loop: [s3cr3t-w0rd], no_log: true}
                - {name: skipped item, probe: x, loop: [s3cr3t-w0rd], when: false, no_log: true}
                - {name: no list, probe: x, loop: "{{ r.msg }}", no_log: true, ignore_errors: true}
                - {name: diff, probe: {state: s3cr3t-w0rd}, no_log: true}
                - {name: failed, probe: {fail: s3cr3t-w0rd}, no_log: true, ignore_errors: true}
                - {name: lost, probe: {msg: s3cr3t-w0rd, lose: true}, no_log: true, ignore_unreachable: true}
                - {name: debug, debug: {msg: s3cr3t-w0rd}, no_log: true}
                - no_log: true
                  block:
                    - {name: inherited, debug: {msg: s3cr3t-w0rd}}
                - {name: depends, probe: "{{ item }}", loop: [s3cr3t-w0rd], no_log: "{{ item is string }}"}
                - {name: registered, assert: {that: r.msg | length == 11}}
                """);
    unseen(ran);
    assertThat(ran.lines())
        .containsExactly(
            "PLAY all: a",
            "ok: a ok",
            "item: a ok",
            "skipped item: a skipped",
            "no list: a ignored",
            "diff: a changed",
            "failed: a ignored",
            "lost: a ignored",
            "debug: a ok",
            "inherited: a ok",
            "depends: a ok",
            "registered: a ok");
    assertThat(ran.results().get(0).message()).isEqualTo("(hidden: the task says no_log)");
  }

  @Test
  void noLogHidesProgress() {
    Ran ran =
        new EngineKit(folder)
            .inventory("a\n")
            .tasks("- {name: t, probe: {secret: long enough}, no_log: true}\n");
    assertThat(ran.events()).noneMatch(RunEvent.Progress.class::isInstance);
  }

  @Test
  void passwordsOfConnectionsAreMasked() {
    EngineKit kit =
        new EngineKit(folder)
            .inventory("a ansible_password=s3cr3t-w0rd ansible_become_pass=oth3r\n");
    kit.transport().host("a").when("id").answer("s3cr3t-w0rd and oth3r\n");
    Ran ran = kit.tasks("- {probe: {run: id}, become: true}\n");
    unseen(ran);
    assertThat(ran.last("a").result().toString()).contains("********").doesNotContain("oth3r");
  }
}
