package dev.molt.runner.cli;

import java.nio.file.Path;

/** Paths as users write them. */
final class UserPath {
  private UserPath() {}

  /** A shell leaves {@code ~} alone behind {@code --option=}. */
  static Path of(String text) {
    return text.equals("~") || text.startsWith("~/")
        ? Path.of(System.getProperty("user.home") + text.substring(1))
        : Path.of(text);
  }
}
