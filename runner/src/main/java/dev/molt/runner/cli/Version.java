package dev.molt.runner.cli;

import dev.molt.dsl.settings.Settings;
import java.io.PrintStream;

/** What {@code --version} prints. */
final class Version {
  private Version() {}

  static String text() {
    String built = Main.class.getPackage().getImplementationVersion();
    return "molt " + (built == null ? "development" : built) + " (Java " + Runtime.version() + ")";
  }

  /** With the configuration that is in force. */
  static void print(PrintStream out, Settings settings) {
    out.println(text());
    out.println("  config file = " + settings.file().map(Object::toString).orElse("None"));
  }
}
