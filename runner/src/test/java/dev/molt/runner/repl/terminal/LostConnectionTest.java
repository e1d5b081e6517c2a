package dev.molt.runner.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.remote.ssh.TestSshd;
import dev.molt.runner.repl.StartKit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that dies while nobody uses it. */
class LostConnectionTest {
  @TempDir Path folder;

  @Test
  void comesBackByItselfAndSaysSo() throws Exception {
    try (TestSshd sshd = TestSshd.start(folder)) {
      Path hosts = folder.resolve("hosts.ini");
      Files.writeString(hosts, sshd.inventory("web1"));
      Path history = folder.resolve("history");
      try (TypingKit typing = new TypingKit(StartKit.ssh(folder, hosts.toString()), history)) {
        typing.line("! echo one").expect("web1: one").expect("molt all> ");
        sshd.cutConnections();
        typing.expect("web1: the connection was lost, and is back");
        typing.line("! echo two").expect("web1: two").expect("molt all> ");
        Path busy = folder.resolve("busy");
        typing.line("! touch " + busy + "; sleep 600");
        while (!Files.exists(busy)) {
          Thread.sleep(5);
        }
        sshd.cutConnections();
        typing.expect("web1: UNREACHABLE").expect("molt all> ");
        typing.line("! echo three").expect("web1: three");
        assertThat(typing.fresh()).doesNotContain("UNREACHABLE");
      }
    }
  }
}
