package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One run of an executable inventory. What it prints goes to files, so that several can run at once
 * without a thread for each, and none can fill the memory. Always to be closed. Not thread-safe.
 */
final class ScriptRun implements AutoCloseable {
  /** More than any inventory has; a script that prints on and on is stopped here. */
  private static final long MAX_OUTPUT = 64L << 20;

  private static final int MAX_ERROR_LINES = 20;
  private static final int MAX_ERROR_BYTES = 64 << 10;
  private static final long PAUSE_MILLIS = 50;
  private static final File NOTHING = new File("/dev/null");

  private final String shown;
  private final List<String> arguments;
  private final Path out;
  private final Path err;
  private final Process process;

  private ScriptRun(String shown, List<String> arguments, Path out, Path err, Process process) {
    this.shown = shown;
    this.arguments = arguments;
    this.out = out;
    this.err = err;
    this.process = process;
  }

  /**
   * Starts a script.
   *
   * @throws DiagnosticException where it cannot be started
   */
  static ScriptRun start(Path script, List<String> arguments) {
    String shown = SourceFiles.shown(script);
    Path out = null;
    Path err = null;
    try {
      out = Files.createTempFile("molt-inventory", ".out");
      err = Files.createTempFile("molt-inventory", ".err");
      List<String> command = new java.util.ArrayList<>(List.of(script.toAbsolutePath().toString()));
      command.addAll(arguments);
      Process process =
          new ProcessBuilder(command)
              .redirectInput(NOTHING)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      return new ScriptRun(shown, arguments, out, err, process);
    } catch (IOException e) {
      delete(out);
      delete(err);
      throw Diagnostic.error("cannot run the inventory script " + shown + ": " + e.getMessage())
          .withHint("is the program in its first line, behind #!, there on this machine?")
          .asException();
    }
  }

  /**
   * Waits for the script and gives what it printed.
   *
   * @throws DiagnosticException where it failed, printed too much, took longer than the deadline,
   *     or what it printed is not UTF-8
   */
  Source output(Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - end > 0) {
          throw failed("did not end within " + deadline.toSeconds() + " s, and was stopped");
        } else if (Files.size(out) > MAX_OUTPUT || Files.size(err) > MAX_OUTPUT) {
          throw failed("printed more than " + (MAX_OUTPUT >> 20) + " MiB, and was stopped");
        }
      }
      if (process.exitValue() != 0) {
        throw failed("failed with exit status " + process.exitValue());
      } else if (Files.size(out) > MAX_OUTPUT) {
        throw failed("printed more than " + (MAX_OUTPUT >> 20) + " MiB");
      }
      return Source.decoded(shown + " " + String.join(" ", arguments), Files.readAllBytes(out));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    } catch (IOException e) {
      throw failed("cannot be read: " + e.getMessage());
    }
  }

  /** What it wrote to its standard error, the end of it where that is much; empty for nothing. */
  Optional<String> complaint() {
    try {
      byte[] bytes = Files.readAllBytes(err);
      int from = Math.max(0, bytes.length - MAX_ERROR_BYTES);
      String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
      List<String> lines = text.lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - MAX_ERROR_LINES), lines.size());
      return Optional.of(String.join("\n", last)).filter(t -> !t.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The error that says what the script did, with what it complained about. */
  DiagnosticException failed(String what) {
    String command = shown + " " + String.join(" ", arguments);
    String message = "the inventory script '" + command + "' " + what;
    return Diagnostic.error(complaint().map(c -> message + ":\n" + c).orElse(message))
        .withHint("run it yourself to see what is wrong: " + command)
        .asException();
  }

  /** Stops it and what it started, if it still runs. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    delete(out);
    delete(err);
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A temporary file that stays does no harm.
    }
  }
}
