package dev.molt.runner.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.ShellContract;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshShellTest extends ShellContract {
  @TempDir static Path servers;
  private static TestSshd sshd;
  private SshTransport transport;

  @BeforeAll
  static void startServer() throws Exception {
    sshd = TestSshd.start(servers);
  }

  @AfterAll
  static void stopServer() {
    sshd.close();
  }

  @AfterEach
  void closeTransport() {
    transport.close();
  }

  @Override
  protected Connection connect() throws Exception {
    transport = new SshTransport();
    return transport.open(sshd.settings());
  }

  @Override
  protected void afterClose() {
    transport.close();
  }

  @Test
  void letsAScriptDieOfQuit() throws Exception {
    try (Connection c = transport.open(sshd.settings())) {
      assertThat(c.shell(Identity.LOGIN).run(Script.of("kill -QUIT $$")).exitStatus())
          .isEqualTo(131);
    }
  }

  @Test
  void saysWhatWasLostAndTheHostKillsItWhenTheConnectionIsCut() throws Exception {
    try (TestSshd own = TestSshd.start(servers)) {
      Connection c = transport.open(own.settings());
      Shell shell = c.shell(Identity.LOGIN);
      Path pidFile = Files.createTempFile(servers, "pid", "");
      ExecutorService pool = Executors.newSingleThreadExecutor();
      Future<ScriptResult> running =
          pool.submit(() -> shell.run(Script.of("echo $$ >" + pidFile + "; sleep 60")));
      String pid = waitForText(pidFile);
      own.signal("KILL");
      assertThatThrownBy(() -> running.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(UnreachableException.class)
          .hasMessageContaining("connection was lost");
      waitUntilGone(pid);
      assertThatThrownBy(() -> c.shell(Identity.LOGIN))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("web1");
      pool.shutdown();
    }
  }

  @Test
  void noticesAServerThatHangsAndClosesInTime() throws Exception {
    Liveness impatient = new Liveness(Duration.ofSeconds(6), Duration.ofMillis(100));
    try (TestSshd own = TestSshd.start(servers);
        SshTransport watched = new SshTransport(impatient, java.util.Optional::empty)) {
      Connection c = watched.open(own.settings());
      Shell shell = c.shell(Identity.LOGIN);
      own.signal("STOP");
      assertThatThrownBy(() -> shell.run(Script.of("true")))
          .isInstanceOf(UnreachableException.class);
    }
    try (TestSshd own = TestSshd.start(servers)) {
      Connection c = transport.open(own.settings());
      c.shell(Identity.LOGIN);
      own.signal("STOP");
      long start = System.nanoTime();
      c.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }
}
