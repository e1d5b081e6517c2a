package dev.molt.runner.remote.shell;

import java.io.IOException;

/** Starts commands on one host. Thread-safe. */
@FunctionalInterface
public interface ShellOpener {
  /**
   * Starts a command, given as text for the login shell: one line, without {@code '} within quoted
   * words or {@code !}, so that sh, csh and fish all read it alike.
   *
   * @throws IOException if the host does not start it; the message says why
   */
  ShellChannel open(String command) throws IOException;
}
