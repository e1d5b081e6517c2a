package dev.molt.runner.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.remote.ssh.TestSshd;
import dev.molt.runner.repl.StartKit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are reached over a network. */
class RemoteSessionTest {
  @TempDir Path folder;

  @Test
  void aLostConnectionComesBackByItselfAndSaysSo() throws Exception {
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

  @Test
  void aHostThatAsksIsKnownByItsAddress() throws Exception {
    try (TestSshd sshd = TestSshd.start(folder)) {
      Path made = folder.resolve("made");
      Path hosts = folder.resolve("hosts.ini");
      String prod = sshd.inventory("prod").strip() + " molt_confirm=true\n";
      String third = sshd.inventory("third").replace("127.0.0.1", "localhost");
      Path known = Path.of(third.replaceFirst("(?s).*KnownHostsFile=([^']*)'.*", "$1"));
      String keys = Files.readString(known);
      Files.writeString(known, keys + keys.replace("127.0.0.1", "localhost"));
      Files.writeString(hosts, prod + sshd.inventory("twin") + third);
      Path history = folder.resolve("history");
      try (TypingKit typing = new TypingKit(StartKit.ssh(folder, hosts.toString()), history)) {
        typing.line(":hosts twin").expect("molt twin> ");
        typing.line("! touch " + made).expect("'shell' changes twin, which is prod: do it? [y/N] ");
        typing.line("").expect("not allowed").expect("molt twin> ");
        typing.line(":hosts third").expect("molt third> ");
        typing
            .line("! touch " + made)
            .expect("'shell' changes third, which is prod: do it? [y/N] ");
        typing.line("").expect("not allowed").expect("molt third> ");
        assertThat(made).doesNotExist();
      }
    }
  }
}
