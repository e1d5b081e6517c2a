package dev.molt.runner.lab;

import static dev.molt.runner.lab.Cluster.MACHINES;
import static dev.molt.runner.lab.Cluster.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is found, and named, while the old release runs; and it runs on. */
@Tag("lab")
class FaultsBeforeDowntimeSystemTest {
  private static final int FAILED = 2;
  private static final int UNREACHABLE = 4;
  private static final String[] WATCHED = {"opt", "var/backups", "tmp", "home", "etc"};

  private static Cluster cluster;
  private static Molt molt;
  private static Map<String, Cluster.Server> servers;
  private static Map<String, String> disks;

  @TempDir private Path folder;

  @BeforeAll
  static void reset() {
    cluster = Cluster.find();
    molt = new Molt(cluster);
    cluster.reset();
    servers = cluster.servers();
    assertThat(servers.values()).allMatch(s -> s.runs(OLD));
    disks = cluster.fingerprint(MACHINES, WATCHED);
  }

  /** The same processes as ever, and not a byte elsewhere. */
  @AfterEach
  void theOldReleaseRunsOn() {
    cluster.heal();
    assertThat(cluster.servers()).isEqualTo(servers);
    assertThat(Cluster.changes(disks, cluster.fingerprint(MACHINES, WATCHED)))
        // Where faults are made, a mended file has another time than before.
        .filteredOn(change -> !change.contains(":etc/ssh") && !change.contains(":etc/postgresql"))
        .isEmpty();
  }

  private static String fails(int status, String... options) {
    Molt.Run run = molt.upgrade(options);
    assertThat(run.status()).as(run.toString()).isEqualTo(status);
    assertThat(run.with("changed")).as(run.toString()).isEmpty();
    assertThat(run.output())
        .contains("the run failed")
        .doesNotContain("internal error")
        .doesNotContain("Exception")
        .doesNotContain("lab-tegu");
    return run.output();
  }

  @Test
  void aNodeWithoutSshd() {
    cluster.fault("sshd-stopped", "n2");
    assertThat(fails(UNREACHABLE))
        .contains("n2 (ops@" + cluster.address("n2") + ":22): connection refused")
        .contains("STOPPED  n1, n3: stopped, because n2 failed");
  }

  @Test
  void aNodeWhoseSshdHangs() {
    cluster.fault("sshd-hang", "n3");
    assertThat(fails(UNREACHABLE, "-e", "ansible_timeout=3"))
        .contains(
            "n3 (ops@" + cluster.address("n3") + ":22): connected, but the server said nothing")
        .contains("it hangs");
  }

  @Test
  void aNodeThatIsGone() {
    cluster.fault("link-down", "n1");
    assertThat(fails(UNREACHABLE, "-e", "ansible_timeout=3"))
        .contains("n1 (ops@" + cluster.address("n1") + ":22): ")
        .containsPattern("no answer|no route|timed out");
  }

  @Test
  void theDatabaseIsStopped() {
    cluster.fault("db-stopped");
    assertThat(fails(FAILED))
        .contains(cluster.address("db") + ":5432: cannot connect")
        .contains("Connection refused")
        .contains("is the server running");
  }

  @Test
  void theDatabaseHasNoTls() {
    cluster.fault("db-no-tls");
    assertThat(fails(FAILED))
        .contains(
            "n1 -> " + cluster.address("db") + ":5432: tls error (server refused TLS connection)")
        .contains("ssl = on");
  }

  @Test
  void theDatabaseHasNoContrib() {
    cluster.fault("db-no-contrib");
    assertThat(fails(FAILED)).contains("no extension pg_trgm").contains("postgresql-contrib");
  }

  @Test
  void thePasswordOfTheDatabaseIsWrong() {
    assertThat(fails(FAILED, "-e", "tegu_db_password=guess-4711", "-vv"))
        .contains("password authentication failed for user \"tegu\"")
        .doesNotContain("guess-4711");
  }

  @Test
  void aFullDisk() {
    cluster.fault("disk-full", "n3");
    assertThat(fails(FAILED))
        .containsPattern("FAILED +n3\n +only 4\\.\\d+ MB are free for /opt")
        .contains("make room first")
        .contains("STOPPED  n1, n2: stopped, because n3 failed");
  }

  @Test
  void aTruncatedArchive() throws IOException {
    Path releases = new Releases(cluster).truncated(folder);
    assertThat(fails(FAILED, "-e", "tegu_release_dir=" + releases))
        .contains(Releases.in(releases) + " is truncated");
  }

  @Test
  void anArchiveThatClimbsOut() throws IOException {
    String entry = "tegu-ent-v1.19.44-x86_64/../../etc/molt-harm";
    Path releases = new Releases(cluster).withEntry(folder, entry);
    assertThat(fails(FAILED, "-e", "tegu_release_dir=" + releases))
        .contains(Releases.in(releases).toString())
        .contains(entry + " would be written outside");
  }

  @Test
  void aReleaseThatIsNotThere() {
    assertThat(fails(FAILED, "-e", "tegu_release_dir=" + folder))
        .contains("there is no " + Releases.in(folder))
        .contains("tegu_release_dir");
  }

  @Test
  void aChangedHostKey() {
    cluster.fault("hostkey-changed", "n2");
    String output = fails(UNREACHABLE);
    assertThat(output)
        .contains("n2 (ops@" + cluster.address("n2") + ":22): THE HOST KEY HAS CHANGED")
        .containsPattern("it shows: +ssh-ed25519 SHA256:\\S{43}")
        .containsPattern("expected: +ssh-ed25519 SHA256:\\S{43}")
        .contains("ssh-keygen -R " + cluster.address("n2"));
  }

  @Test
  void aHostKeyThatIsNotKnownAndHowToTrustIt() throws IOException {
    Path known = Files.createFile(folder.resolve("known_hosts"));
    String[] options = {"-e", "{ansible_ssh_common_args: '-o UserKnownHostsFile=" + known + "'}"};
    String output = fails(UNREACHABLE, options);
    String fingerprint =
        cluster.sh("n1", "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub").split(" ")[1];
    assertThat(output).contains("its host key is not known").contains(fingerprint);
    assertThat(known).isEmptyFile();
    List<String> commands = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?m)^ +(ssh-keyscan .*)$").matcher(output);
    while (matcher.find()) {
      commands.add(matcher.group(1));
    }
    assertThat(commands).hasSize(3);
    for (String command : commands) {
      Command.start(List.of("sh", "-c", command), Map.of(), folder).end(Molt.LIMIT);
    }
    Molt.Run trusting = molt.run("preflight.yml", options);
    // The database server was not reached yet, so nobody told about its key.
    assertThat(trusting.output())
        .as(trusting.toString())
        .contains("The node reaches the database as TEGU does")
        .contains("ssh-keyscan -p 22 -t ed25519 " + cluster.address("db"));
  }

  @Test
  void aWrongPasswordForSudo() {
    assertThat(
            fails(
                FAILED,
                "-vv",
                "-e",
                "ansible_user=pat ansible_password=lab-pat ansible_become_password=guess-4712"))
        .contains("n1 (pat@" + cluster.address("n1") + ":22): cannot become root by sudo")
        .contains("check the become password")
        .doesNotContain("lab-pat")
        .doesNotContain("guess-4712");
  }

  @Test
  void noPasswordForSudo() {
    assertThat(fails(FAILED, "-e", "ansible_user=pat ansible_password=lab-pat"))
        .contains("cannot become root by sudo: sudo: a password is required")
        .contains("ansible_become_password");
  }

  @Test
  void aWrongPasswordToLogIn() {
    assertThat(fails(UNREACHABLE, "-vv", "-e", "ansible_user=pat ansible_password=guess-4713"))
        .contains("permission denied for pat")
        .contains("the password: refused")
        .doesNotContain("guess-4713");
  }

  @Test
  void passwordsThatAreRight() {
    Molt.Run run =
        molt.upgrade(
            "--check",
            "-e",
            "ansible_user=pat ansible_password=lab-pat ansible_become_password=lab-pat");
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.output()).contains("would change").doesNotContain("lab-pat");
  }
}
