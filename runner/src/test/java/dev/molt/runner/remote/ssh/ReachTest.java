package dev.molt.runner.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The many ways in which a host is not reached, and that each is told from the others. */
class ReachTest {
  @TempDir Path dir;
  private final SshTransport transport =
      new SshTransport(new Liveness(Liveness.SILENCE, Liveness.ASK), Optional::empty);

  @AfterEach
  void close() {
    transport.close();
  }

  private ConnectionSettings settings(String address, int port) {
    return new ConnectionSettings(
        "web1",
        address,
        port,
        "deploy",
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(dir.resolve("known_hosts")),
        Duration.ofSeconds(1),
        Optional.empty());
  }

  private void fails(ConnectionSettings settings, String... parts) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> transport.open(settings))
        .isInstanceOf(UnreachableException.class)
        .hasMessageStartingWith(settings.toString())
        .message()
        .contains(parts);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  /** What a peculiar server does with one connection. */
  private interface Behaviour {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  private ServerSocket server(Behaviour behaviour) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  behaviour.serve(socket);
                } catch (IOException | InterruptedException closed) {
                  // The next connection, or the end.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  @Test
  void unknownName() {
    fails(settings("no-such-host.invalid", 22), "no-such-host.invalid", "cannot be resolved");
  }

  @Test
  void refused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    fails(settings("127.0.0.1", port), "connection refused by 127.0.0.1:" + port, "sshd");
  }

  @Test
  void silentServer() throws Exception {
    try (ServerSocket server = server(s -> Thread.sleep(3000))) {
      fails(settings("127.0.0.1", server.getLocalPort()), "said nothing within 1.0 s");
    }
  }

  @Test
  void noSshServer() throws Exception {
    try (ServerSocket server =
        server(
            s -> s.getOutputStream().write("SSH-1.5-old\r\n".getBytes(StandardCharsets.UTF_8)))) {
      fails(settings("127.0.0.1", server.getLocalPort()), "does not speak SSH 2");
    }
  }

  @Test
  void turnedAwayAgainAndAgain() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server = server(s -> connections.incrementAndGet())) {
      fails(settings("127.0.0.1", server.getLocalPort()), "MaxStartups", "4 times");
    }
    assertThat(connections).hasValue(4);
  }

  @Test
  void hangsInKeyExchange() throws Exception {
    try (ServerSocket server =
        server(
            s -> {
              s.getOutputStream().write("SSH-2.0-Tar\r\n".getBytes(StandardCharsets.UTF_8));
              Thread.sleep(3000);
            })) {
      fails(settings("127.0.0.1", server.getLocalPort()), "key exchange failed with Tar");
    }
  }

  @Test
  void nothingInCommon() throws Exception {
    try (TestSshd sshd = TestSshd.start(dir, "KexAlgorithms diffie-hellman-group14-sha1")) {
      fails(
          sshd.settings(),
          "no algorithm in common",
          "diffie-hellman-group14-sha1",
          "curve25519-sha256");
    }
  }

  @Test
  void fewStartupsAtATime() throws Exception {
    try (TestSshd sshd = TestSshd.start(dir, "MaxStartups 2:50:6")) {
      List<Thread> openers =
          java.util.stream.IntStream.range(0, 8)
              .mapToObj(i -> new Thread(() -> open(sshd.settings())))
              .toList();
      openers.forEach(Thread::start);
      for (Thread opener : openers) {
        opener.join();
      }
      assertThat(opened).hasValue(8);
    }
  }

  private final AtomicInteger opened = new AtomicInteger();

  private void open(ConnectionSettings settings) {
    try {
      transport.open(settings);
      opened.incrementAndGet();
    } catch (UnreachableException e) {
      System.err.println(e.getMessage());
    }
  }
}
