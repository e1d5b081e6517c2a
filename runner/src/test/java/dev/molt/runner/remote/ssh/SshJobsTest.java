package dev.molt.runner.remote.ssh;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.job.AsyncJobsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SshJobsTest extends AsyncJobsContract {
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
}
