package dev.molt.runner.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.remote.ConnectionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An OpenSSH server of the test's own, on a loopback port, with everything in one directory. */
public final class TestSshd implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  final Path dir;
  final int port;
  private final List<String> extra;
  private Process process;

  /** Makes keys and starts; {@code extra} lines go first in its configuration, and so win. */
  public static TestSshd start(Path dir, String... extra) throws Exception {
    assertThat(SSHD)
        .as("the tests of SSH need OpenSSH's server: apt-get install openssh-server")
        .isExecutable();
    Path own = Files.createTempDirectory(dir, "sshd");
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      keygen("-t", type, "-f", own.resolve("host_" + type).toString(), "-N", "");
    }
    keygen("-t", "ed25519", "-f", own.resolve("user").toString(), "-N", "");
    Files.copy(own.resolve("user.pub"), own.resolve("authorized_keys"));
    TestSshd sshd = new TestSshd(own, List.of(extra));
    sshd.run();
    sshd.trust("ed25519", "ecdsa", "rsa");
    return sshd;
  }

  private TestSshd(Path dir, List<String> extra) throws IOException {
    this.dir = dir;
    this.extra = extra;
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
  }

  void run() throws Exception {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd")); // privilege separation, when root runs it
    }
    List<String> config = new ArrayList<>(extra);
    config.addAll(
        List.of(
            "Port " + port,
            "ListenAddress 127.0.0.1",
            "HostKey " + dir + "/host_ed25519",
            "HostKey " + dir + "/host_ecdsa",
            "HostKey " + dir + "/host_rsa",
            "AuthorizedKeysFile " + dir + "/authorized_keys",
            "PidFile none",
            // What shells of whoever runs the tests read when they start is no part of them.
            "SetEnv HOME=" + Files.createDirectories(dir.resolve("home")),
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin prohibit-password",
            "MaxStartups 100",
            "LogLevel VERBOSE"));
    Path file = dir.resolve("config");
    Files.write(file, config);
    process =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()))
            .start();
    for (int i = 0; i < 500; i++) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(probe.isConnected()).isTrue();
        return;
      } catch (IOException notYet) {
        assertThat(process.isAlive()).as("sshd: " + log()).isTrue();
        Thread.sleep(10);
      }
    }
    throw new AssertionError("sshd does not listen: " + log());
  }

  String log() {
    try {
      return Files.readString(dir.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Writes known_hosts anew, with the server's keys of these types. */
  void trust(String... types) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String type : types) {
      lines.add("[127.0.0.1]:" + port + " " + publicKey(type));
    }
    Files.write(dir.resolve("known_hosts"), lines);
  }

  String publicKey(String type) throws IOException {
    String[] fields = Files.readString(dir.resolve("host_" + type + ".pub")).split(" ");
    return fields[0] + " " + fields[1].strip();
  }

  static void keygen(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q"));
    command.addAll(List.of(args));
    output(command.toArray(String[]::new));
  }

  static String output(String... command) throws Exception {
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    p.getOutputStream().close();
    String text =
        new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(p.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(p.exitValue()).as(String.join(" ", command) + ": " + text).isZero();
    return text;
  }

  /** Lets this key log in, besides the first. */
  void authorize(Path key) throws IOException {
    Files.writeString(
        dir.resolve("authorized_keys"),
        Files.readString(Path.of(key + ".pub")),
        java.nio.file.StandardOpenOption.APPEND);
  }

  public ConnectionSettings settings() {
    return settings(List.of(dir.resolve("user")));
  }

  ConnectionSettings settings(List<Path> keys) {
    return settings(keys, Optional.empty(), Optional.empty());
  }

  ConnectionSettings settings(
      List<Path> keys, Optional<String> passphrase, Optional<ConnectionSettings> jump) {
    return new ConnectionSettings(
        "web1",
        "127.0.0.1",
        port,
        System.getProperty("user.name"),
        Optional.empty(),
        keys,
        passphrase,
        List.of(dir.resolve("known_hosts")),
        Duration.ofSeconds(10),
        jump);
  }

  /** A line of an inventory that reaches it under this name. */
  public String inventory(String name) {
    return "%s ansible_host=127.0.0.1 ansible_port=%d ansible_ssh_private_key_file=%s/user"
            .formatted(name, port, dir)
        + " ansible_ssh_common_args='-o UserKnownHostsFile=%s/known_hosts'\n".formatted(dir);
  }

  /** Kills the processes that serve connections, and goes on listening. */
  public void cutConnections() {
    process
        .descendants()
        .filter(p -> p.info().command().orElse("").contains("sshd"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Sends a signal to the listener and every process that serves a connection. */
  void signal(String signal) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    process
        .descendants()
        .filter(p -> p.info().command().orElse("").contains("sshd"))
        .forEach(p -> command.add(Long.toString(p.pid())));
    command.add(Long.toString(process.pid()));
    output(command.toArray(String[]::new));
  }

  static void open(Path key, String permissions) throws IOException {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
