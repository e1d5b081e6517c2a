package dev.molt.runner.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A terminal of tmux's in which one command runs. */
final class Tmux implements AutoCloseable {
  private final Path folder;
  private final Path directory;

  private Tmux(Path folder, Path directory) {
    this.folder = folder;
    this.directory = directory;
  }

  /**
   * Starts a command.
   *
   * @param folder for the socket, and for what the command keeps
   * @param directory where it works
   */
  static Tmux start(Path folder, Path directory, String command) {
    Tmux tmux = new Tmux(folder, directory);
    tmux.run("new-session", "-d", "-x", "110", "-y", "40", command);
    return tmux;
  }

  String run(String... words) {
    List<String> command =
        new ArrayList<>(List.of("tmux", "-S", folder.resolve("tmux").toString()));
    command.addAll(List.of(words));
    Map<String, String> environment = Map.of("XDG_STATE_HOME", folder.toString());
    return Command.start(command, environment, directory).end(Molt.LIMIT).output();
  }

  void type(String text) {
    run("send-keys", "-l", text);
  }

  /** Such as {@code Enter}, {@code Tab} and {@code C-c}. */
  void key(String name) {
    run("send-keys", name);
  }

  /** Clears the screen and types a line. */
  void line(String text) {
    run("clear-history");
    key("C-l");
    type(text);
    key("Enter");
  }

  /** Waits for it. */
  void shows(String text) {
    Cluster.await(text + " is shown", () -> run("capture-pane", "-p", "-J").contains(text));
  }

  @Override
  public void close() {
    run("kill-server");
  }
}
