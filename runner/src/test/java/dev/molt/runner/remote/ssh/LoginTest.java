package dev.molt.runner.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
  @TempDir static Path dir;
  private static TestSshd sshd;
  private static SshTransport transport;

  @BeforeAll
  static void start() throws Exception {
    sshd = TestSshd.start(dir);
    // No agent of whoever runs the tests.
    transport = new SshTransport(new Liveness(Liveness.SILENCE, Liveness.ASK), Optional::empty);
  }

  @AfterAll
  static void stop() {
    transport.close();
    sshd.close();
  }

  private static Path key(String name, String... args) throws Exception {
    Path file = dir.resolve(name);
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-f", file.toString()));
    TestSshd.keygen(all.toArray(String[]::new));
    return file;
  }

  private static void opens(ConnectionSettings settings) throws Exception {
    try (Connection c = transport.open(settings)) {
      assertThat(c.shell(Identity.LOGIN).run(Script.of("echo hi")).out()).isEqualTo("hi\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, OpenSSH, ''",
    "ed25519, OpenSSH, geheim",
    "ecdsa, OpenSSH, ''",
    "ecdsa, OpenSSH, geheim",
    "ecdsa, PEM, ''",
    "ecdsa, PKCS8, ''",
    "ecdsa, PKCS8, geheim",
    "rsa, OpenSSH, ''",
    "rsa, OpenSSH, geheim",
    "rsa, PEM, ''",
    "rsa, PKCS8, ''",
    "rsa, PKCS8, geheim",
  })
  void takesKeysOfEveryKind(String type, String format, String passphrase) throws Exception {
    String name = type + format + passphrase;
    Path key =
        format.equals("OpenSSH")
            ? key(name, "-t", type, "-N", passphrase)
            : key(name, "-t", type, "-m", format, "-N", passphrase);
    sshd.authorize(key);
    opens(
        sshd.settings(
            List.of(key), Optional.of(passphrase).filter(p -> !p.isEmpty()), Optional.empty()));
  }

  @Test
  void namesEveryKeyThatDidNotDo() throws Exception {
    Path unknown = key("unknown", "-t", "ed25519", "-N", "");
    Path locked = key("locked", "-t", "ed25519", "-N", "geheim");
    Path open = key("open", "-t", "ed25519", "-N", "");
    sshd.authorize(open);
    TestSshd.open(open, "rw-r--r--");
    Path missing = dir.resolve("missing");
    assertThatThrownBy(() -> transport.open(sshd.settings(List.of(unknown, locked, open, missing))))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("permission denied for " + System.getProperty("user.name"))
        .hasMessageContaining("The server takes: publickey")
        .hasMessageContaining(unknown + ": refused")
        .hasMessageContaining(locked + ": is encrypted")
        .hasMessageContaining("chmod 600 " + open)
        .hasMessageContaining(missing + ": no such file");
    assertThatThrownBy(
            () ->
                transport.open(
                    sshd.settings(List.of(locked), Optional.of("falsch"), Optional.empty())))
        .hasMessageContaining(locked + ": wrong passphrase");
  }

  @Test
  void stopsBeforeTheServerHangsUp() throws Exception {
    List<Path> keys = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      keys.add(key("many" + i, "-t", "ed25519", "-N", ""));
    }
    assertThatThrownBy(() -> transport.open(sshd.settings(keys)))
        .hasMessageContaining("permission denied")
        .hasMessageContaining(keys.get(7) + " (not offered");
  }

  @ParameterizedTest
  @CsvSource({"ed25519", "ecdsa", "rsa"})
  void hasTheAgentSign(String type) throws Exception {
    Path key = key("agent-" + type, "-t", type, "-N", "");
    sshd.authorize(key);
    Path socket = dir.resolve("sock-" + type);
    Process process =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    try {
      for (int i = 0; i < 300 && !java.nio.file.Files.exists(socket); i++) {
        Thread.sleep(10);
      }
      TestSshd.output("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
      Agent agent = Agent.at(socket.toString());
      assertThat(agent.keys()).hasSize(1);
      java.nio.file.Files.delete(key);
      try (SshTransport own =
          new SshTransport(
              new Liveness(Liveness.SILENCE, Liveness.ASK), () -> Optional.of(agent))) {
        own.open(sshd.settings(List.of(key))).close();
      }
    } finally {
      process.destroy();
      assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void saysThatAgentIsNone() {
    assertThatThrownBy(() -> Agent.at(dir.resolve("nothing").toString()))
        .isInstanceOf(java.io.IOException.class);
  }
}
