package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks on the terminal that the process belongs to, wherever its input and output go; where there
 * is none, as in a pipeline of a scheduler, the next line of the input answers.
 */
final class TerminalAsker implements Asker {
  private static final File TERMINAL = new File("/dev/tty");

  private final PrintStream err;
  private final InputStream in;

  /**
   * @param err for questions where there is no terminal
   * @param in for answers where there is no terminal
   */
  TerminalAsker(PrintStream err, InputStream in) {
    this.err = err;
    this.in = in;
  }

  @Override
  public Optional<String> ask(String question, boolean hidden) {
    // It can be opened only by who belongs to a terminal.
    try (FileOutputStream out = new FileOutputStream(TERMINAL)) {
      return onTerminal(out, question, hidden);
    } catch (IOException noTerminal) {
      err.print(question);
      err.flush();
    }
    try {
      return line(in);
    } catch (IOException e) {
      throw Diagnostic.error("cannot read an answer: " + e.getMessage()).asException();
    }
  }

  private static Optional<String> onTerminal(OutputStream out, String question, boolean hidden)
      throws IOException {
    out.write(question.getBytes(StandardCharsets.UTF_8));
    if (!hidden) {
      try (InputStream terminal = new FileInputStream(TERMINAL)) {
        return line(terminal);
      }
    }
    List<String> before = stty("-g");
    Thread restore = new Thread(() -> restore(before), "echo");
    Runtime.getRuntime().addShutdownHook(restore);
    try (InputStream terminal = new FileInputStream(TERMINAL)) {
      stty("-echo");
      return line(terminal);
    } finally {
      restore(before);
      out.write('\n');
      try {
        Runtime.getRuntime().removeShutdownHook(restore);
      } catch (IllegalStateException e) {
        // The process is being stopped, and the hook runs.
      }
    }
  }

  private static void restore(List<String> state) {
    try {
      stty(state.toArray(new String[0]));
    } catch (IOException e) {
      // The terminal is gone.
    }
  }

  /** The words that stty prints. */
  private static List<String> stty(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectInput(TERMINAL).redirectError(Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("the terminal cannot be told to hide what is typed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
    return printed.isBlank() ? List.of() : List.of(printed.strip().split("\\s+"));
  }

  /** Not one byte more than the line, which others may want to read. */
  private static Optional<String> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }
}
