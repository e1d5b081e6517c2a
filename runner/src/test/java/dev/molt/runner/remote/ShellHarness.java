package dev.molt.runner.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the parts of the contract share: one connection, one shell, and questions to the host. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ShellHarness {
  protected static final int MIB = 1 << 20;

  @TempDir protected Path dir;
  protected Connection connection;
  protected Shell shell;

  protected abstract Connection connect() throws Exception;

  /** Closes what lies below the connection, too. */
  protected void afterClose() {}

  @BeforeEach
  void start() throws Exception {
    connection = connect();
    shell = connection.shell(Identity.LOGIN);
  }

  @AfterEach
  void stop() {
    connection.close();
  }

  protected ScriptResult run(String text) throws Exception {
    return shell.run(Script.of(text).withDeadline(Duration.ofSeconds(60)));
  }

  protected static boolean alive(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException gone) {
      return false;
    }
  }

  protected static void waitUntilGone(String pid) throws InterruptedException {
    for (int i = 0; i < 800 && alive(pid); i++) {
      Thread.sleep(10);
    }
    assertThat(alive(pid)).as("process " + pid + " lives").isFalse();
  }

  protected static String waitForText(Path file) throws Exception {
    for (int i = 0; i < 1000; i++) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return Files.readString(file).strip();
      }
      Thread.sleep(10);
    }
    throw new AssertionError(file + " did not appear");
  }
}
