package dev.molt.runner.remote.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A command that runs on a host, and its three streams. stdout and stderr are read by one thread
 * each, stdin is written by one thread at a time; {@link #close} comes from any thread and makes
 * all of them return.
 */
public interface ShellChannel {
  OutputStream stdin();

  InputStream stdout();

  InputStream stderr();

  /** Whether the connection below still lives, so that another channel could be opened. */
  boolean connected();

  /**
   * Why the connection was lost, as far as anybody said; empty while it lives, or where unknown.
   */
  default Optional<String> whyLost() {
    return Optional.empty();
  }

  /** Ends the command's input and lets go of it. Takes at most about two seconds; never throws. */
  void close();
}
