package dev.molt.runner.lab;

import static dev.molt.runner.lab.Cluster.NEW;
import static dev.molt.runner.lab.Cluster.NODES;
import static dev.molt.runner.lab.Cluster.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What fails with mail down, but before the first start of the new release: all goes back. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollbackSystemTest {
  private static Cluster cluster;
  private static Molt molt;
  private static Map<String, String> programs;
  private static String mail;

  @TempDir private Path folder;

  @BeforeAll
  static void reset() {
    cluster = Cluster.find();
    molt = new Molt(cluster);
    cluster.reset();
    mail = cluster.checksum();
    programs = programs(NODES);
  }

  @AfterEach
  void mend() {
    cluster.heal();
    cluster.sh("db", "[ -d /var/backups/tegu ] || rm -f /var/backups/tegu");
  }

  /** The programs by type, mode, owner, size and content. What goes back is written anew. */
  private static Map<String, String> programs(List<String> nodes) {
    Map<String, String> found = cluster.fingerprint(nodes, "opt/tegu/bin", "opt/tegu/sbin");
    // Without times, and the capability, which Cluster.Server reports.
    found.replaceAll(
        (path, print) -> print.replaceAll(" \\d+\\.\\d{10}", "").replaceFirst(" cap_\\S+$", ""));
    return found;
  }

  private static void theOldReleaseIsBack(List<String> nodes) {
    for (String node : nodes) {
      Cluster.await(node + " serves again", () -> cluster.server(node).runs(OLD));
    }
    Map<String, String> expected = new TreeMap<>(programs);
    expected.keySet().removeIf(path -> !nodes.contains(path.substring(0, path.indexOf(':'))));
    assertThat(Cluster.changes(expected, programs(nodes))).isEmpty();
    assertThat(cluster.schema()).isEqualTo("1.18");
    assertThat(cluster.checksum()).isEqualTo(mail);
  }

  private static void saysThatItIsBack(Molt.Run run, String task) {
    assertThat(run.status()).as(run.toString()).isEqualTo(2);
    assertThat(run.output())
        .contains(
            "The upgrade failed at '"
                + task
                + "', before the new release was started. TEGU Enterprise v1.18.60 is back and"
                + " running on this node.")
        .contains("the run failed")
        .contains("tegu.service was down")
        .doesNotContain("STILL DOWN");
    assertThat(run.with("changed")).noneMatch(t -> t.startsWith("Start the first node"));
  }

  @Test
  @Order(1)
  void theBackupFails() {
    cluster.sh("db", "rm -rf /var/backups/tegu; echo >/var/backups/tegu");
    Molt.Run run = molt.upgrade();
    saysThatItIsBack(run, "Make a folder for backups");
    assertThat(run.output()).contains("/var/backups/tegu already exists as a file");
    theOldReleaseIsBack(NODES);
  }

  @Test
  @Order(2)
  void theSwitchedProgramIsNotTheWantedRelease() throws IOException {
    // Only where it is switched to, and only on one node.
    Path releases =
        new Releases(cluster)
            .withServer(
                folder,
                """
                #!/bin/sh
                case $0-$(hostname) in
                /opt/tegu/sbin/tegu-n2) echo 'TEGU Enterprise v1.19.43' ;;
                *) echo 'TEGU Enterprise v1.19.44' ;;
                esac
                """);
    Molt.Run run = molt.upgrade("-e", "tegu_release_dir=" + releases);
    saysThatItIsBack(run, "Every node has the wanted version");
    assertThat(run.output())
        .containsPattern("FAILED +n2\n +/opt/tegu/sbin/tegu says 'TEGU Enterprise v1.19.43'");
    theOldReleaseIsBack(NODES);
  }

  @Test
  @Order(3)
  void aNodeIsLostWithMailDown() throws InterruptedException {
    Thread killer =
        new Thread(
            () -> {
              Cluster.await("mail is stopped on n2", () -> !active("n2"));
              cluster.fault("link-down", "n2");
            });
    killer.start();
    Molt.Run run = molt.upgrade();
    killer.join();
    assertThat(run.status()).as(run.toString()).isIn(2, 4);
    assertThat(run.output())
        .containsPattern("UNREACHABLE .*n2\n +.*n2 \\(ops@")
        .contains("before the new release was started")
        .contains("n2 STILL DOWN");
    assertThat(run.with("UNREACHABLE")).hasSize(1).allMatch(t -> t.endsWith(": n2"));
    theOldReleaseIsBack(List.of("n1", "n3"));
    assertThat(active("n2")).isFalse();
  }

  private static boolean active(String node) {
    return cluster.sh(node, "systemctl is-active tegu || true").strip().equals("active");
  }

  @Test
  @Order(4)
  void runningAgainCompletesTheUpgrade() {
    Molt.Run run = molt.upgrade();
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(cluster.servers().values()).allMatch(s -> s.runs(NEW));
    assertThat(cluster.schema()).isEqualTo("1.19");
    assertThat(cluster.checksum()).isEqualTo(mail);
  }
}
