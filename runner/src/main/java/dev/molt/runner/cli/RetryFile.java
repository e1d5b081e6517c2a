package dev.molt.runner.cli;

import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the hosts that failed or could not be reached to a file for {@code --limit @FILE}, where
 * the configuration asks for it.
 */
final class RetryFile implements RunListener {
  private final Path file;
  private final PrintStream err;

  private RetryFile(Path file, PrintStream err) {
    this.file = file;
    this.err = err;
  }

  /** Empty unless retry files are switched on. */
  static List<RunListener> of(Path playbook, Settings settings, PrintStream err) {
    if (!settings.get(RunSettings.RETRY_FILES_ENABLED)) {
      return List.of();
    }
    String name = playbook.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".retry";
    Path folder =
        settings
            .get(RunSettings.RETRY_FILES_SAVE_PATH)
            .orElse(playbook.toAbsolutePath().getParent());
    return List.of(new RetryFile(folder.resolve(name), err));
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunFinished end) {
      List<String> hosts =
          end.hosts().stream()
              .filter(h -> h.failed() > 0 || h.unreachable() > 0)
              .map(RunEvent.HostSummary::host)
              .toList();
      if (!hosts.isEmpty()) {
        write(hosts);
      }
    }
  }

  private void write(List<String> hosts) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, String.join("\n", hosts) + "\n");
      err.println("to try again on the hosts that failed: --limit @" + file);
    } catch (IOException e) {
      err.println("warning: the hosts that failed could not be written to " + file);
    }
  }
}
