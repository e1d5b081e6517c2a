package dev.molt.runner.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeyTest {
  @TempDir static Path dir;
  private static TestSshd sshd;
  private static SshTransport transport;
  private static Path file;

  @BeforeAll
  static void start() throws Exception {
    sshd = TestSshd.start(dir);
    transport = new SshTransport();
    file = sshd.dir.resolve("known_hosts");
  }

  @AfterAll
  static void stop() {
    transport.close();
    sshd.close();
  }

  private static void opens() throws Exception {
    Connection c = transport.open(sshd.settings());
    c.close();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusal() {
    return assertThatThrownBy(HostKeyTest::opens)
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("web1 (");
  }

  private static String fingerprint(String type) throws Exception {
    return TestSshd.output("ssh-keygen", "-lf", sshd.dir + "/host_" + type + ".pub").split(" ")[1];
  }

  private static String known(String host, String type) throws Exception {
    return host + " " + sshd.publicKey(type) + "\n";
  }

  private static String here() {
    return "[127.0.0.1]:" + sshd.port;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void asksForTheTypeThatIsKnown(String type) throws Exception {
    sshd.trust(type);
    opens();
  }

  @Test
  void refusesAnUnknownKeyAndSaysHowToTrustIt() throws Exception {
    Files.writeString(file, "");
    refusal()
        .hasMessageContaining("its host key is not known")
        .hasMessageContaining("ssh-ed25519 " + fingerprint("ed25519"))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(
            "ssh-keyscan -p %d -t ed25519 127.0.0.1 >> %s".formatted(sshd.port, file));
    Files.delete(file);
    refusal().hasMessageContaining("its host key is not known");
  }

  @Test
  void refusesAChangedKeyLoudly() throws Exception {
    TestSshd.keygen("-t", "ed25519", "-f", dir.resolve("other").toString(), "-N", "");
    String[] other = Files.readString(dir.resolve("other.pub")).split(" ");
    Files.writeString(file, here() + " ssh-ed25519 " + other[1] + "\n");
    String expected =
        TestSshd.output("ssh-keygen", "-lf", dir.resolve("other.pub").toString()).split(" ")[1];
    refusal()
        .hasMessageContaining("THE HOST KEY HAS CHANGED")
        .hasMessageContaining(fingerprint("ed25519"))
        .hasMessageContaining(expected)
        .hasMessageContaining(file + ":1")
        .hasMessageContaining("ssh-keygen -R '" + here() + "' -f " + file);
  }

  @Test
  void refusesARevokedKeyThoughItIsKnown() throws Exception {
    Files.writeString(file, known(here(), "ed25519") + "@revoked " + known("*", "ed25519"));
    refusal().hasMessageContaining("revoked").hasMessageContaining(file + ":2");
  }

  @Test
  void doesNotTakeAnAuthorityForAKey() throws Exception {
    Files.writeString(file, "@cert-authority " + known("*", "ed25519"));
    refusal().hasMessageContaining("not known").hasMessageContaining("@cert-authority");
  }

  @Test
  void readsWhatSshWritesAndAdminsEdit() throws Exception {
    sshd.trust("ed25519");
    TestSshd.output("ssh-keygen", "-H", "-f", file.toString());
    assertThat(Files.readString(file)).startsWith("|1|");
    opens();
    for (String hosts :
        List.of("a,b," + here(), "[127.0.0.?]:*", "*", "127.0.0.1", "!10.*,*", "[127.*]:*,x")) {
      Files.writeString(
          file, "# comment\n\nnonsense\nx y !!!\n" + known(hosts, "ed25519").strip() + " me@pc\n");
      opens();
    }
    Files.writeString(file, known("*,!" + here(), "ed25519"));
    // As in ssh, an entry for the bare name would do; this one names it, but not with a port.
    opens();
    Files.writeString(file, known("!127.0.0.1,!" + here() + ",*", "ed25519"));
    refusal().hasMessageContaining("not known");
  }

  @Test
  void looksIntoEveryFile() throws Exception {
    sshd.trust("ed25519");
    var settings = sshd.settings();
    var both =
        new dev.molt.runner.remote.ConnectionSettings(
            settings.name(),
            settings.address(),
            settings.port(),
            settings.user(),
            settings.password(),
            settings.privateKeys(),
            settings.passphrase(),
            List.of(dir.resolve("none"), file),
            settings.connectTimeout(),
            settings.jump());
    transport.open(both).close();
  }
}
