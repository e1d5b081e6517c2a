package dev.molt.runner.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks where hosts, sudo and a database are real. */
@Tag("lab")
class HookSystemTest {
  private static Cluster cluster;
  private static Molt molt;

  @TempDir private Path folder;

  @BeforeAll
  static void find() {
    cluster = Cluster.find();
    molt = new Molt(cluster);
    cluster.heal();
  }

  @AfterEach
  void heal() {
    cluster.heal();
  }

  private Molt.Run run(String hooks, String tasks) throws IOException {
    Files.writeString(folder.resolve("h.groovy"), hooks);
    Path playbook =
        Files.writeString(
            folder.resolve("p.yml"),
            "- hosts: tegu\n  gather_facts: false\n  hooks: h.groovy\n  tasks:\n"
                + tasks.indent(4));
    return molt.run(playbook.toString());
  }

  /** The time that the answer takes is no time of the hook's. */
  @Test
  void theOperatorIsAskedAndMayTakeTheirTime() throws Exception {
    Files.writeString(folder.resolve("h.groovy"), "before { set 'rack', ask('Which rack? ') }\n");
    Path playbook =
        Files.writeString(
            folder.resolve("p.yml"),
            """
            - hosts: n1
              gather_facts: false
              hooks: h.groovy
              tasks: [{debug: {msg: 'it is {{ rack }}'}}]
            """);
    String run =
        "MOLT_HOOK_TIMEOUT=1 ./molt run %s -i %s; exec sleep 100"
            .formatted(playbook, cluster.dir().resolve("inventory"));
    try (Tmux tmux = Tmux.start(folder, cluster.root(), run)) {
      tmux.shows("Which rack?");
      Thread.sleep(1500);
      tmux.type("r7");
      tmux.key("Enter");
      tmux.shows("it is r7");
    }
  }

  @Test
  void theDatabaseIsAskedAsTheNodeSeesIt() throws IOException {
    Molt.Run run =
        run(
            """
            beforeHost {
              def where = [host: vars.tegu_db_host, database: 'tegu_mailboxes', user: 'tegu',
                           password: vars.tegu_db_password, args: [41]]
              set 'seen', sql(where, 'select current_user as who, 1 + ?::int as n')
            }
            """,
            "- debug: {msg: \"{{ seen[0].who }} {{ seen[0].n }} {{ seen | length }}\"}\n");
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.output()).contains("tegu 42 1");
  }

  @Test
  void commandsBecomeWhomTheTaskBecomes() throws IOException {
    Molt.Run run =
        run(
            "beforeTask { say look('id -un').stdout }\n",
            "- {name: as root, ping: , become: true}\n- {name: as ops, ping: }\n");
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.output()).contains("n1: root", "n2: root", "n1: ops", "n3: ops");
  }

  @Test
  void aNodeThatIsGoneIsTold() throws IOException {
    cluster.fault("sshd-stopped", "n2");
    Molt.Run run = run("onUnreachable { lost -> say \"lost $lost\" }\n", "- ping:\n");
    assertThat(run.status()).as(run.toString()).isEqualTo(4);
    assertThat(run.output()).contains("n2: lost n2");
  }
}
