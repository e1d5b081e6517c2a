package dev.molt.runner.cli;

import dev.molt.dsl.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Runs a playbook with hooks on two hosts that are this machine. */
abstract class HookKit {
  @TempDir protected Path folder;

  /** What a run printed, and its exit status. */
  protected record Shown(int status, String text) {
    List<String> said() {
      return text.lines().filter(l -> l.startsWith("      ")).map(String::strip).toList();
    }
  }

  /** Writes {@code hooks/h.groovy}. */
  protected void hook(String text) throws IOException {
    Files.createDirectories(folder.resolve("hooks"));
    Files.writeString(folder.resolve("hooks/h.groovy"), text);
  }

  protected Shown run(String playbook, String... more) throws IOException {
    return run(Map.of(), playbook, more);
  }

  protected Shown run(Map<String, String> environment, String playbook, String... more)
      throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(file, playbook);
    List<String> words = new ArrayList<>();
    words.addAll(List.of(file.toString(), "-i", "a,b,", "-c", "local"));
    words.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, false, StandardCharsets.UTF_8);
    ExitStatus status = new ExitStatus();
    int ended;
    try {
      ended = new RunCommand(both, both, Settings.load(environment, folder), status).execute(words);
    } catch (dev.molt.dsl.source.DiagnosticException e) {
      e.diagnostics().forEach(d -> both.print(status.words(d)));
      ended = status.failed(e);
    }
    both.flush();
    return new Shown(ended, out.toString(StandardCharsets.UTF_8).replace(folder + "/", ""));
  }
}
