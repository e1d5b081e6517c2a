package dev.molt.runner.lab;

import static dev.molt.runner.lab.Cluster.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What fails after the first start stops there: the old release is never started again. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AfterFirstStartSystemTest {
  /** Takes port 25 as soon as TEGU lets go of it, and says nothing on it. */
  private static final String SQUATTER =
      "systemd-run --unit=squatter -p Restart=always -p RestartSec=0.05 -p StartLimitIntervalSec=0"
          + " systemd-socket-activate -l 25 /bin/sleep 1000";

  private static Cluster cluster;
  private static Molt molt;
  private static String mail;

  @BeforeAll
  static void reset() {
    cluster = Cluster.find();
    molt = new Molt(cluster);
    cluster.reset();
    mail = cluster.checksum();
  }

  @AfterAll
  static void mend() {
    cluster.sh("n1", "systemctl stop squatter 2>/dev/null || true");
  }

  @Test
  @Order(1)
  void theFirstNodeCannotServe() {
    cluster.sh("n1", SQUATTER);
    Molt.Run run = molt.upgrade("-e", "tegu_start_timeout=8");
    assertThat(run.status()).as(run.toString()).isEqualTo(2);
    assertThat(run.output())
        .contains("Failed at 'The first node serves'")
        .contains("Do NOT start an older release")
        .containsPattern("restore /var/backups/tegu/tegu_mailboxes-\\w+\\.dump on db to go back")
        .contains("listen tcp :25: bind: address already in use")
        .contains("n2 STILL DOWN, n3 STILL DOWN");
    assertThat(cluster.schema()).isEqualTo("1.19");
    for (String node : Cluster.NODES) {
      Cluster.Server server = cluster.server(node);
      assertThat(server.serves()).as(node).isEmpty();
      assertThat(server.installed()).as(node).isEqualTo(NEW);
    }
    assertThat(cluster.server("n2")).matches(Cluster.Server::stopped);
    assertThat(cluster.server("n3")).matches(Cluster.Server::stopped);
    assertThat(cluster.checksum()).isEqualTo(mail);
    // Their journal is of this boot: nobody tried the old one on them meanwhile.
    assertThat(cluster.sh("n2", "journalctl -b -u tegu -o cat | grep -c Started || true").strip())
        .isEqualTo("1");
  }

  @Test
  @Order(2)
  void mendedAndRunAgainItCompletes() {
    cluster.sh("n1", "systemctl stop squatter");
    Molt.Run run = molt.upgrade();
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(cluster.servers().values()).allMatch(s -> s.runs(NEW));
    assertThat(cluster.checksum()).isEqualTo(mail);
  }
}
