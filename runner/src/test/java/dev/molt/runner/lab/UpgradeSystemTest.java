package dev.molt.runner.lab;

import static dev.molt.runner.lab.Cluster.MACHINES;
import static dev.molt.runner.lab.Cluster.NEW;
import static dev.molt.runner.lab.Cluster.NEWER;
import static dev.molt.runner.lab.Cluster.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A release comes, and the next one. Each test begins where the one before it ended. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeSystemTest {
  private static final String[] WATCHED = {
    "opt", "etc", "home", "root", "var/backups", "tmp", "usr"
  };

  private static Cluster cluster;
  private static Molt molt;
  private static Molt.Run foretold;

  @BeforeAll
  static void reset() {
    cluster = Cluster.find();
    molt = new Molt(cluster);
    cluster.reset();
  }

  private static void runsEverywhere(String version) {
    assertThat(cluster.servers().values())
        .allSatisfy(s -> assertThat(s).matches(x -> x.runs(version)));
  }

  @Test
  @Order(1)
  void aCheckChangesNothing() {
    Map<String, String> before = cluster.fingerprint(MACHINES, WATCHED);
    Map<String, Cluster.Server> servers = cluster.servers();
    String mail = cluster.checksum();
    foretold = molt.upgrade("--check");
    assertThat(foretold.status()).as(foretold.toString()).isZero();
    assertThat(foretold.with("would change")).isNotEmpty();
    assertThat(foretold.output())
        .contains("checked: nothing was changed; a real run would change what is listed above");
    assertThat(Cluster.changes(before, cluster.fingerprint(MACHINES, WATCHED))).isEmpty();
    assertThat(cluster.servers()).isEqualTo(servers);
    assertThat(cluster.checksum()).isEqualTo(mail);
  }

  @Test
  @Order(2)
  void anUpgradeBringsEveryNodeToTheReleaseAndKeepsTheMail() {
    runsEverywhere(OLD);
    assertThat(cluster.schema()).isEqualTo("1.18");
    String mail = cluster.checksum();
    Molt.Run run = molt.upgrade();
    assertThat(run.status()).as(run.toString()).isZero();
    runsEverywhere(NEW);
    assertThat(cluster.schema()).isEqualTo("1.19");
    assertThat(cluster.checksum()).isEqualTo(mail);
    assertThat(run.output())
        .containsPattern(
            "tegu.service was down everywhere for [0-9.]+ s; by host: n1 [0-9.]+ s, n2 ")
        .doesNotContain("lab-tegu");
    String backups = cluster.sh("db", "ls -l /var/backups/tegu");
    assertThat(backups).containsPattern("-rw------- .* postgres .*tegu_mailboxes-\\w+Z\\.dump\\b");
    theCheckForetold(run);
  }

  /** Every change was foretold, and every change that was foretold was made. */
  private static void theCheckForetold(Molt.Run run) {
    assertThat(foretold).as("the check before this").isNotNull();
    assertThat(run.outcomes().keySet()).isEqualTo(foretold.outcomes().keySet());
    run.outcomes()
        .forEach(
            (task, hosts) ->
                hosts.forEach(
                    (host, word) -> {
                      String said = foretold.outcomes().get(task).get(host);
                      if (word.equals("changed")) {
                        assertThat(said).as(task + ": " + host).isIn("would change", "unknown");
                      } else {
                        assertThat(said).as(task + ": " + host).isNotEqualTo("would change");
                      }
                    }));
  }

  @Test
  @Order(3)
  void aSecondRunChangesNothingAndSaysSo() {
    Map<String, Cluster.Server> servers = cluster.servers();
    Map<String, String> before = cluster.fingerprint(MACHINES, "opt", "etc", "var/backups");
    Molt.Run run = molt.upgrade();
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.output())
        .contains("nothing was changed: everything is as the playbook wants it");
    assertThat(run.with("changed")).isEmpty();
    assertThat(cluster.servers()).isEqualTo(servers);
    assertThat(Cluster.changes(before, cluster.fingerprint(MACHINES, "opt", "etc", "var/backups")))
        .isEmpty();
    Molt.Run check = molt.upgrade("--check");
    assertThat(check.status()).as(check.toString()).isZero();
    assertThat(check.with("would change")).isEmpty();
  }

  @Test
  @Order(4)
  void aLowerVersionIsRefused() {
    runsEverywhere(NEW);
    Map<String, Cluster.Server> servers = cluster.servers();
    Map<String, String> before = cluster.fingerprint(MACHINES, "opt", "etc", "var/backups");
    Molt.Run run = molt.upgrade("-e", "tegu_version=" + OLD);
    assertThat(run.status()).as(run.toString()).isEqualTo(2);
    assertThat(run.output())
        .contains("refused: 1.19.44 is installed, and 1.18.60 is lower")
        .contains("can destroy the database");
    assertThat(run.with("changed")).isEmpty();
    assertThat(Cluster.changes(before, cluster.fingerprint(MACHINES, "opt", "etc", "var/backups")))
        .isEmpty();
    assertThat(cluster.servers()).isEqualTo(servers);
    assertThat(cluster.schema()).isEqualTo("1.19");
  }

  @Test
  @Order(5)
  void aNewBuildLeavesTheStructureOfTheDatabase() {
    runsEverywhere(NEW);
    String mail = cluster.checksum();
    String history = cluster.psql("SELECT * FROM schema_version");
    Molt.Run run = molt.upgrade("-e", "tegu_version=" + NEWER);
    assertThat(run.status()).as(run.toString()).isZero();
    runsEverywhere(NEWER);
    assertThat(cluster.psql("SELECT * FROM schema_version")).isEqualTo(history);
    assertThat(cluster.checksum()).isEqualTo(mail);
    assertThat(run.output()).contains("tegu.service was down everywhere for ");
  }
}
