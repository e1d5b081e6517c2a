package dev.molt.runner.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
  private Tmux tmux;

  @BeforeEach
  void open() {
    cluster = Cluster.find();
    cluster.reset();
    Path inventory = cluster.dir().resolve("inventory");
    tmux = Tmux.start(folder, cluster.root(), "./molt repl -i " + inventory + " -l tegu");
    tmux.shows("molt tegu>");
  }

  @AfterEach
  void close() {
    tmux.close();
    cluster.heal();
    Cluster.NODES.forEach(n -> cluster.sh(n, "pkill -KILL -fx '" + SLEEP + "' || true"));
  }

  @Test
  void nodesAnswerTogether() {
    tmux.line("service name=tegu");
    tmux.shows("n1-n3: ok  active (running)");
    tmux.type("service name=tegu st");
    tmux.key("Tab");
    tmux.shows("state=");
    tmux.key("C-c");
    cluster.sh("n2", "systemctl stop tegu");
    tmux.line("service name=tegu");
    tmux.shows("n2: ok  inactive (dead)");
  }

  @Test
  void controlCStopsWhatRunsOnAllNodes() {
    tmux.line("! " + SLEEP);
    Cluster.await("all nodes are at work", () -> Cluster.NODES.stream().allMatch(this::sleeping));
    tmux.key("C-c");
    tmux.shows("interrupted: it may be half done on n1-n3");
    Cluster.await("none is", () -> Cluster.NODES.stream().noneMatch(this::sleeping));
    tmux.line("! echo $((6 * 7))");
    tmux.shows("n1-n3: 42");
  }

  private boolean sleeping(String node) {
    return !cluster.sh(node, "pgrep -fx '" + SLEEP + "' || true").isBlank();
  }

  @Test
  void aNodeThatDiesInBetweenIsBackWhenItIs() throws Exception {
    tmux.line("! echo $((6 * 7))");
    tmux.shows("n1-n3: 42");
    cluster.fault("sshd-stopped", "n3");
    tmux.shows("n3: the connection was lost");
    tmux.line("! echo $((6 * 8))");
    tmux.shows("n1, n2: 48");
    tmux.shows("n3: UNREACHABLE");
    cluster.heal();
    tmux.line("! echo $((6 * 9))");
    tmux.shows("n1-n3: 54");
    tmux.key("C-d");
    Cluster.await("the session is over", () -> tmux.run("ls").contains("no server"));
    Path history;
    try (var files = Files.list(folder.resolve("molt"))) {
      history = files.findFirst().orElseThrow();
    }
    assertThat(history).content().contains("! echo $((6 * 9))");
  }
}
