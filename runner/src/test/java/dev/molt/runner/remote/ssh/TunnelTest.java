package dev.molt.runner.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TunnelTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir static Path dir;
  private static TestSshd sshd;
  private static SshTransport transport;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    sshd = TestSshd.start(dir);
    transport = new SshTransport();
    connection = transport.open(sshd.settings());
  }

  @AfterAll
  static void stop() {
    transport.close();
    sshd.close();
  }

  /** Sends back whatever it gets. */
  private static ServerSocket echo(ServerSocket server) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket s = server.accept()) {
                s.getInputStream().transferTo(s.getOutputStream());
              } catch (IOException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static ServerSocket plain() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @Test
  void carriesBytesBothWays() throws Exception {
    byte[] data = new byte[5_000_000];
    new java.util.Random(1).nextBytes(data);
    try (ServerSocket server = echo(plain());
        Socket socket = connection.tunnel("127.0.0.1", server.getLocalPort(), PATIENCE)) {
      assertThat(socket.isConnected()).isTrue();
      assertThat(socket.getInetAddress()).isNotNull();
      assertThat(socket.getPort()).isEqualTo(server.getLocalPort());
      OutputStream out = socket.getOutputStream();
      Thread writer =
          new Thread(
              () -> {
                try {
                  out.write(data);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      writer.start();
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(data);
      writer.join();
    }
  }

  @Test
  void honoursTimeoutsAndClose() throws Exception {
    try (ServerSocket server = echo(plain())) {
      Socket socket = connection.tunnel("localhost", server.getLocalPort(), PATIENCE);
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(100);
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
      socket.getOutputStream().write('x');
      assertThat(in.read()).isEqualTo('x');
      socket.setSoTimeout(0);
      new Thread(
              () -> {
                try {
                  Thread.sleep(200);
                  socket.close();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              })
          .start();
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
      assertThat(socket.isClosed()).isTrue();
    }
  }

  @Test
  void bearsTls() throws Exception {
    Path store = dir.resolve("store.p12");
    TestSshd.output(
        "keytool",
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=db",
        "-ext",
        "SAN=dns:db",
        "-storetype",
        "PKCS12",
        "-storepass",
        "geheim",
        "-keystore",
        store.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "geheim".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, "geheim".toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    ServerSocket listening =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (ServerSocket server = echo(listening);
        Socket tunnel = connection.tunnel("127.0.0.1", server.getLocalPort(), PATIENCE);
        SSLSocket tls =
            (SSLSocket)
                context
                    .getSocketFactory()
                    .createSocket(tunnel, "db", server.getLocalPort(), true)) {
      tls.setSoTimeout(5000);
      tls.startHandshake();
      tls.getOutputStream().write("over TLS".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(
              new String(
                  tls.getInputStream().readNBytes(8), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("over TLS");
    }
  }

  @Test
  void saysThatTheTargetRefuses() throws Exception {
    int port;
    try (ServerSocket free = plain()) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> connection.tunnel("127.0.0.1", port, PATIENCE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("web1")
        .hasMessageContaining("cannot connect to 127.0.0.1:" + port + " from there")
        .hasMessageContaining("refused");
  }

  @Test
  void saysThatTheServerForbidsIt() throws Exception {
    try (TestSshd strict = TestSshd.start(dir, "AllowTcpForwarding no")) {
      Connection c = transport.open(strict.settings());
      assertThatThrownBy(() -> c.tunnel("127.0.0.1", 1, PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("AllowTcpForwarding");
    }
  }

  @Test
  void goesThroughAJumpHost() throws Exception {
    ConnectionSettings settings;
    try (TestSshd inner = TestSshd.start(dir)) {
      ConnectionSettings via = sshd.settings();
      settings =
          inner.settings(List.of(inner.dir.resolve("user")), Optional.empty(), Optional.of(via));
      try (Connection c = transport.open(settings);
          Connection d = transport.open(settings)) {
        for (Connection each : List.of(c, d)) {
          assertThat(each.shell(Identity.LOGIN).run(Script.of("echo $SSH_CONNECTION")).out())
              .contains(" 127.0.0.1 " + inner.port);
        }
      }
      assertThat(inner.log()).contains("Accepted publickey");
    }
    ConnectionSettings gone = settings;
    assertThatThrownBy(() -> transport.open(gone))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("cannot connect to 127.0.0.1:" + gone.port() + " from there");
  }
}
