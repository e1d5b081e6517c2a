package dev.molt.runner.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of this machine. Its output goes to a file, so that a child that stays in the
 * background cannot hold up the test.
 */
final class Command {
  private final List<String> words;
  private final Process process;
  private final Path output;

  private Command(List<String> words, Process process, Path output) {
    this.words = words;
    this.process = process;
    this.output = output;
  }

  /** How it ended, and all that it wrote, to standard output and error. */
  record Result(List<String> words, int status, String output) {
    @Override
    public String toString() {
      return String.join(" ", words) + "\nended with " + status + ":\n" + output;
    }
  }

  static Command start(List<String> words, Map<String, String> environment, Path directory) {
    try {
      Path output = Files.createTempFile("molt-system-test", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      return new Command(words, builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** What it has written up to now. */
  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end; the limit is against hangs. */
  Result end(Duration limit) {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            String.join(" ", words) + "\nstill ran after " + limit + ":\n" + output());
      }
      Result result = new Result(words, process.exitValue(), output());
      Files.delete(output);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
