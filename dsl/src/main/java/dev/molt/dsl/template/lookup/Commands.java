package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs commands on this machine. */
final class Commands {
  private static final int MAX_OUTPUT = 64 << 20;

  private Commands() {}

  /** The standard output of a shell command, which must end well. */
  static String run(String command, Path directory) throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT);
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new ValueException("the command '" + command + "' ended with status " + status);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new ValueException("the command '" + command + "' was interrupted");
    }
    return new String(output, StandardCharsets.UTF_8);
  }
}
