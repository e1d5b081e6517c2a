package dev.molt.runner.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controller ends while the nodes are at work: they must not go on alone. */
@Tag("lab")
class InterruptSystemTest {
  private static final String SLEEP = "sleep 4242";

  private static final String PLAYBOOK =
      """
      - hosts: tegu
        gather_facts: false
        become: true
        tasks:
          - name: Take long
            command: sleep 4242
          - name: Come after
            command: touch /tmp/came-after
      """;

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
  void nothingIsLeft() {
    Cluster.NODES.forEach(
        node -> cluster.sh(node, "pkill -KILL -fx '" + SLEEP + "'; rm -f /tmp/came-after"));
  }

  /** A run whose task is at work on all nodes. */
  private Command atWork() throws IOException {
    Path playbook = Files.writeString(folder.resolve("long.yml"), PLAYBOOK);
    Command run = molt.start(playbook.toString());
    Cluster.await("all nodes are at work", () -> Cluster.NODES.stream().allMatch(n -> sleeping(n)));
    return run;
  }

  private static boolean sleeping(String node) {
    return !cluster.sh(node, "pgrep -fx '" + SLEEP + "' || true").isBlank();
  }

  private static void signal(String signal, Command run) {
    Command.Result sent =
        Command.start(
                List.of("kill", "-" + signal, Long.toString(run.pid())), Map.of(), cluster.root())
            .end(Molt.LIMIT);
    assertThat(sent.status()).as(sent.toString()).isZero();
  }

  private static void nothingWentOn() {
    Cluster.await(
        "no process is left on the nodes",
        () -> Cluster.NODES.stream().noneMatch(n -> sleeping(n)));
    for (String node : Cluster.NODES) {
      assertThat(cluster.sh(node, "ls /tmp")).doesNotContain("came-after");
      assertThat(cluster.sh(node, "ls -A /tmp /run/user 2>/dev/null | grep -i molt || true"))
          .as("what is left on " + node)
          .isEmpty();
    }
  }

  @Test
  void controlCEndsTheRunAndWhatItRunsOnTheNodes() throws IOException {
    Command run = atWork();
    signal("INT", run);
    Command.Result result = run.end(Duration.ofSeconds(20));
    assertThat(result.status()).as(result.toString()).isEqualTo(130);
    assertThat(result.output())
        .contains("interrupted in 'Take long' (" + folder.resolve("long.yml") + ":5) on n1-n3: ")
        .contains("it may be half done there; nothing after it was begun")
        .doesNotContain("Come after")
        .doesNotContain("internal error");
    nothingWentOn();
  }

  @Test
  void terminationDoesTheSame() throws IOException {
    Command run = atWork();
    signal("TERM", run);
    Command.Result result = run.end(Duration.ofSeconds(20));
    assertThat(result.status()).as(result.toString()).isIn(130, 143);
    assertThat(result.output()).contains("interrupted in 'Take long'");
    nothingWentOn();
  }

  @Test
  void aControllerThatIsKilledLeavesNothingBehind() throws IOException {
    Command run = atWork();
    signal("KILL", run);
    Command.Result result = run.end(Duration.ofSeconds(20));
    assertThat(result.status()).isEqualTo(137);
    nothingWentOn();
  }

  @Test
  void anUpgradeCutOffWithMailDownIsCompletedByTheNextRun() {
    cluster.reset();
    String mail = cluster.checksum();
    Command run = molt.start("upgrade.yml");
    Cluster.await("mail is stopped everywhere", () -> cluster.all(Cluster.Server::stopped));
    signal("INT", run);
    Command.Result result = run.end(Duration.ofSeconds(20));
    assertThat(result.status()).as(result.toString()).isEqualTo(130);
    assertThat(result.output())
        .containsPattern("interrupted in '.+' \\(\\S+\\.yml:\\d+\\) on ")
        .contains("n1 STILL DOWN, n2 STILL DOWN, n3 STILL DOWN");
    assertThat(cluster.servers().values()).allMatch(Cluster.Server::stopped);
    Molt.Run again = molt.upgrade();
    assertThat(again.status()).as(again.toString()).isZero();
    assertThat(cluster.servers().values()).allMatch(s -> s.runs(Cluster.NEW));
    assertThat(cluster.schema()).isEqualTo("1.19");
    assertThat(cluster.checksum()).isEqualTo(mail);
  }
}
