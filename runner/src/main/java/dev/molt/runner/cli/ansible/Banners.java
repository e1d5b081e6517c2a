package dev.molt.runner.cli.ansible;

import dev.molt.runner.event.RunEvent.PlayInfo;
import dev.molt.runner.event.RunEvent.TaskInfo;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The headings of plays and tasks. That of a task comes when it starts; but with its first result
 * where hosts go on their own, or where a setting hides some results, so that none stands alone.
 */
final class Banners {
  private final Screen screen;
  private final DisplayOptions options;
  private boolean atStart = true;
  private int last;

  Banners(Screen screen, DisplayOptions options) {
    this.screen = screen;
    this.options = options;
  }

  void play(PlayInfo play) {
    atStart = play.together() && options.okHosts() && options.skippedHosts();
    String name = play.name().strip();
    screen.banner("PLAY" + (name.isEmpty() ? "" : " [" + name + "]") + marker(play.check()));
  }

  void started(TaskInfo task) {
    if (atStart) {
      print(task);
    }
  }

  /** Before anything that a task says. */
  void before(TaskInfo task) {
    if (last != task.id()) {
      print(task);
    }
  }

  private void print(TaskInfo task) {
    last = task.id();
    String arguments =
        options.argumentsShown() && !task.arguments().isEmpty() ? " " + task.arguments() : "";
    screen.banner(
        (task.handler() ? "RUNNING HANDLER [" : "TASK [")
            + task.title().strip()
            + arguments
            + "]"
            + marker(task.check()));
    if (options.verbosity() >= 2) {
      path(task);
    }
  }

  /** The file by its whole path, so that an editor finds it from everywhere. */
  void path(TaskInfo task) {
    int colon = task.position().lastIndexOf(':');
    if (colon > 0) {
      String file = task.position().substring(0, colon);
      screen.line("task path: " + whole(file) + task.position().substring(colon), Colour.DEBUG);
    }
  }

  private static String whole(String file) {
    try {
      return Path.of(file).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      // The name of a text that is in no file.
      return file;
    }
  }

  private String marker(boolean check) {
    return check && options.checkMarkers() ? " [CHECK MODE]" : "";
  }
}
