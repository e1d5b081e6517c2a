package dev.molt.runner.module.builtin;

import static dev.molt.runner.module.builtin.Hosts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.WaitForModule.Options;
import dev.molt.runner.module.builtin.WaitForModule.State;
import dev.molt.runner.remote.local.LocalTransport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WaitForModuleTest {
  @TempDir Path dir;
  private final LocalTransport transport = new LocalTransport();
  private final ModuleKit kit = Hosts.local(transport);
  private final WaitForModule module = new WaitForModule();

  @AfterEach
  void close() {
    transport.close();
  }

  private static Options port(int port, State state, String regex) {
    return new Options(
        "127.0.0.1",
        Optional.of(port),
        Optional.empty(),
        state,
        Optional.ofNullable(regex),
        2,
        0,
        0,
        1,
        Optional.empty());
  }

  private static Options path(Path path, State state, String regex, int delay) {
    return new Options(
        "127.0.0.1",
        Optional.empty(),
        Optional.of(path.toString()),
        state,
        Optional.ofNullable(regex),
        2,
        delay,
        0,
        1,
        Optional.empty());
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  }

  @Test
  void anOpenPortIsThereAtOnceInACheckToo() throws Exception {
    try (ServerSocket server = listen()) {
      ModuleKit.Runs runs = kit.converges(module, port(server.getLocalPort(), State.STARTED, null));
      assertThat(runs.check().status()).isEqualTo(Status.OK);
      assertThat(runs.check().result().get("elapsed")).isEqualTo(IntValue.of(0));
      assertThat(text(runs.check().result(), "state")).isEqualTo("started");
      assertThatThrownBy(() -> kit.apply(module, port(server.getLocalPort(), State.STOPPED, null)))
          .hasMessage(
              "Timeout when waiting for 127.0.0.1:"
                  + server.getLocalPort()
                  + " to stop. (last: it still accepts connections)");
    }
  }

  @Test
  void aClosedPortIsWaitedFor() throws Exception {
    ServerSocket server = listen();
    int port = server.getLocalPort();
    server.close();
    assertThat(kit.check(module, port(port, State.STARTED, null)).status())
        .isEqualTo(Status.UNKNOWN);
    assertThat(kit.check(module, port(port, State.STOPPED, null)).status()).isEqualTo(Status.OK);
    assertThatThrownBy(() -> kit.apply(module, port(port, State.STARTED, null)))
        .hasMessageStartingWith("Timeout when waiting for 127.0.0.1:" + port)
        .hasMessageContaining("refused");
  }

  @Test
  void whatAPortSays() throws Exception {
    try (ServerSocket server = listen()) {
      Thread greeter =
          new Thread(
              () -> {
                try (Socket client = server.accept()) {
                  client
                      .getOutputStream()
                      .write(
                          "220 mail ESMTP TEGU 1.19\r\n"
                              .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                  client.getInputStream().read();
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      greeter.start();
      Outcome outcome =
          kit.check(module, port(server.getLocalPort(), State.STARTED, "TEGU ([0-9.]+)"));
      assertThat(outcome.status()).isEqualTo(Status.OK);
      assertThat(outcome.result().get("match_groups"))
          .isEqualTo(ListValue.ofStrings(List.of("1.19")));
    }
  }

  @Test
  void aFileThatComes() throws Exception {
    Path file = dir.resolve("ready");
    assertThat(kit.check(module, path(file, State.PRESENT, null, 0)).status())
        .isEqualTo(Status.UNKNOWN);
    CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS)
        .execute(() -> Later.append(file, ""));
    Outcome outcome = kit.apply(module, path(file, State.PRESENT, null, 0));
    assertThat(outcome.status()).isEqualTo(Status.OK);
    assertThat(outcome.result().get("changed")).isEqualTo(BoolValue.FALSE);
    assertThatThrownBy(() -> kit.apply(module, path(file, State.ABSENT, null, 0)))
        .hasMessage(
            "Timeout when waiting for " + file + " to be absent. (last: it is still there)");
  }

  @Test
  void aLineThatComesInALogThatGrowsOverTheEdge() throws Exception {
    Path log = Files.writeString(dir.resolve("log"), "start\nserver rea");
    CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS)
        .execute(() -> Later.append(log, "dy in 3 s\n"));
    Options options = path(log, State.STARTED, "^server ready in (\\d+) s$", 0);
    Outcome outcome = kit.apply(module, options);
    assertThat(outcome.result().get("match_groups")).isEqualTo(ListValue.ofStrings(List.of("3")));
    assertThatThrownBy(() -> kit.apply(module, path(log, State.STARTED, "never", 0)))
        .hasMessageStartingWith("Timeout when waiting for search string never in " + log);
  }

  @Test
  void aDelayIsKeptEvenIfAllIsWellNow() throws Exception {
    Path file = Files.writeString(dir.resolve("there"), "");
    assertThat(kit.check(module, path(file, State.PRESENT, null, 1)).status())
        .isEqualTo(Status.UNKNOWN);
    assertThat(kit.apply(module, path(file, State.PRESENT, null, 1)).result().get("elapsed"))
        .isEqualTo(IntValue.of(1));
  }

  @Test
  void aCheckBelievesWhatIsForeseen() throws Exception {
    Path file = dir.resolve("new");
    FileState state =
        new FileState(
            FileState.Kind.FILE,
            0644,
            "root",
            "root",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    kit.foreseen().add(new Effect.FileEffect(file.toString(), state));
    assertThat(kit.check(module, path(file, State.PRESENT, null, 0)).status()).isEqualTo(Status.OK);
  }

  @Test
  void drainedCountsTheKernelsTable() throws Exception {
    String table =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt
           0: 0100007F:0019 00000000:0000 0A 00000000:00000000 00:00000000 00000000
           1: 0100007F:0019 0100007F:A000 01 00000000:00000000 00:00000000 00000000
           2: 0100007F:0019 0100007F:A001 08 00000000:00000000 00:00000000 00000000
           3: 0100007F:A000 0100007F:0019 01 00000000:00000000 00:00000000 00000000
           0: 00000000000000000000000001000000:0019 00000000000000000000000001000000:A1 06 0 0
        """;
    assertThat(new DrainProbe(25).active(table)).isEqualTo(2);
    assertThat(new DrainProbe(26).active(table)).isZero();
    assertThat(kit.check(module, port(9, State.DRAINED, null)).status()).isEqualTo(Status.OK);
  }

  @Test
  void nothingButTimeToWaitFor() throws Exception {
    Options options =
        new Options(
            "127.0.0.1",
            Optional.empty(),
            Optional.empty(),
            State.STARTED,
            Optional.empty(),
            1,
            0,
            1,
            1,
            Optional.empty());
    assertThat(kit.check(module, options).status()).isEqualTo(Status.UNKNOWN);
    assertThat(kit.apply(module, options).status()).isEqualTo(Status.OK);
  }

  @Test
  void portAndPathExcludeEachOther() {
    Options both =
        new Options(
            "h",
            Optional.of(1),
            Optional.of("/x"),
            State.STARTED,
            Optional.empty(),
            1,
            0,
            1,
            1,
            Optional.empty());
    assertThatThrownBy(() -> kit.check(module, both))
        .hasMessage("port and path parameter can not both be passed to wait_for");
  }

  /** Appends from another thread. */
  private static final class Later {
    static void append(Path file, String text) {
      try {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
