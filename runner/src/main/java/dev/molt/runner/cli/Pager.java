package dev.molt.runner.cli;

import dev.molt.dsl.source.Diagnostic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;

/** Shows a text page by page on a terminal, and just prints it elsewhere. */
public final class Pager {
  private static final int NOT_FOUND = 127;

  private final PrintStream out;
  private final String command;

  /**
   * @param command a shell command that shows its input
   */
  public Pager(PrintStream out, String command) {
    this.out = out;
    this.command = command;
  }

  /** Shows a text, with a line break at its end whether it has one or not. */
  public void show(byte[] text) {
    if (!Boolean.getBoolean("molt.terminal") || !paged(text)) {
      print(text);
    }
  }

  private void print(byte[] text) {
    out.write(text, 0, text.length);
    if (text.length == 0 || text[text.length - 1] != '\n') {
      out.write('\n');
    }
    out.flush();
  }

  /** False where there is no such command. */
  private boolean paged(byte[] text) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT);
    // As git and Ansible: a short text is printed and done with, and colours stay colours.
    builder.environment().putIfAbsent("LESS", "FRSX");
    try {
      Process pager = builder.start();
      try (OutputStream to = pager.getOutputStream()) {
        to.write(text);
      } catch (IOException e) {
        // The user has seen enough and left, or there is no such command.
      }
      return pager.waitFor() != NOT_FOUND;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Diagnostic.error("interrupted").asException();
    }
  }
}
