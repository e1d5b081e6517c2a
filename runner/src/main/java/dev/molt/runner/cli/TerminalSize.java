package dev.molt.runner.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How wide the terminal is that standard output goes to. */
final class TerminalSize {
  private TerminalSize() {}

  /** Empty where it is none, or does not say. */
  static Optional<Integer> columns() {
    if (!Boolean.getBoolean("molt.terminal")) {
      return Optional.empty();
    }
    return number(System.getenv().getOrDefault("COLUMNS", "")).or(TerminalSize::asked);
  }

  /** By {@code stty}, which takes some milliseconds; Java itself has no way to ask. */
  private static Optional<Integer> asked() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor(1, TimeUnit.SECONDS);
      return number(said.strip().replaceFirst("^\\S*\\s*", ""));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[1-9]\\d{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
