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
   * <p>The script's output ends with its main process: what processes it leaves behind print later
   * is dropped, or mixes with a later script's output. A script whose standard input could not be
   * sent to its end is killed before it could take what it got for the whole.
   *
   * @throws UnreachableException if the connection was lost, or the host did not answer for 15
   *     seconds past the deadline; what the script did is not known, and {@link Connection#shell}
   *     gives another shell
   * @throws java.io.UncheckedIOException if {@link Script#stdin} could not be read
   * @throws IllegalArgumentException if the script holds NUL
   * @throws InterruptedException if the calling thread was interrupted; the script was killed
   */
  ScriptResult run(Script script) throws UnreachableException, InterruptedException;
}
