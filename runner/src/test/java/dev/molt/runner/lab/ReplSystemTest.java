package dev.molt.runner.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session on a terminal (tmux's) with real nodes behind it. */
@Tag("lab")
class ReplSystemTest {
  private static final String SLEEP = "sleep 4243";

  @TempDir private Path folder;
  private Cluster cluster;

  @BeforeEach
  void open() {
    assumeThat(Path.of("/usr/bin/tmux")).as("apt-get install tmux").isExecutable();
    cluster = Cluster.find();
    cluster.reset();
    Path inventory = cluster.dir().resolve("inventory");
    tmux("new-session", "-d", "-x", "110", "-y", "40", "./molt repl -i " + inventory + " -l tegu");
    shows("molt tegu>");
  }

  @AfterEach
  void close() {
    tmux("kill-server");
    cluster.heal();
    Cluster.NODES.forEach(n -> cluster.sh(n, "pkill -KILL -fx '" + SLEEP + "' || true"));
  }

  private String tmux(String... words) {
    List<String> command =
        new ArrayList<>(List.of("tmux", "-S", folder.resolve("tmux").toString()));
    command.addAll(List.of(words));
    Map<String, String> environment = Map.of("XDG_STATE_HOME", folder.toString());
    return Command.start(command, environment, cluster.root()).end(Molt.LIMIT).output();
  }

  private void type(String text) {
    tmux("send-keys", "-l", text);
  }

  private void line(String text) {
    tmux("clear-history");
    tmux("send-keys", "C-l");
    type(text);
    tmux("send-keys", "Enter");
  }

  private String screen() {
    return tmux("capture-pane", "-p", "-J");
  }

  private void shows(String text) {
    Cluster.await(text + " is shown", () -> screen().contains(text));
  }

  @Test
  void nodesAnswerTogether() {
    line("service name=tegu");
    shows("n1-n3: ok  active (running)");
    type("service name=tegu st");
    tmux("send-keys", "Tab");
    shows("state=");
    tmux("send-keys", "C-c");
    cluster.sh("n2", "systemctl stop tegu");
    line("service name=tegu");
    shows("n2: ok  inactive (dead)");
  }

  @Test
  void controlCStopsWhatRunsOnAllNodes() {
    line("! " + SLEEP);
    Cluster.await("all nodes are at work", () -> Cluster.NODES.stream().allMatch(this::sleeping));
    tmux("send-keys", "C-c");
    shows("interrupted: it may be half done on n1-n3");
    Cluster.await("none is", () -> Cluster.NODES.stream().noneMatch(this::sleeping));
    line("! echo $((6 * 7))");
    shows("n1-n3: 42");
  }

  private boolean sleeping(String node) {
    return !cluster.sh(node, "pgrep -fx '" + SLEEP + "' || true").isBlank();
  }

  @Test
  void aNodeThatDiesInBetweenIsBackWhenItIs() throws Exception {
    line("! echo $((6 * 7))");
    shows("n1-n3: 42");
    cluster.fault("sshd-stopped", "n3");
    shows("n3: the connection was lost");
    line("! echo $((6 * 8))");
    shows("n1, n2: 48");
    shows("n3: UNREACHABLE");
    cluster.heal();
    line("! echo $((6 * 9))");
    shows("n1-n3: 54");
    tmux("send-keys", "C-d");
    Cluster.await("the session is over", () -> tmux("ls").contains("no server"));
    Path history;
    try (var files = Files.list(folder.resolve("molt"))) {
      history = files.findFirst().orElseThrow();
    }
    assertThat(history).content().contains("! echo $((6 * 9))");
  }
}
