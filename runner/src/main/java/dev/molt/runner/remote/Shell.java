package dev.molt.runner.remote;

/**
 * A POSIX {@code sh} that stays open on a host under one identity and runs one script at a time.
 * Thread-safe: callers that come at once wait for each other.
 */
public interface Shell {
  /**
   * Runs a script and waits for it. The script runs in a process group of its own, with {@code
   * /dev/null} or {@link Script#stdin} as its standard input; it cannot see the protocol. At its
   * deadline, or when the calling thread is interrupted, its process group is killed.
   *
   * @throws UnreachableException if the connection was lost; what the script did is not known
   * @throws InterruptedException if the calling thread was interrupted; the script was killed
   */
  ScriptResult run(Script script) throws UnreachableException, InterruptedException;
}
