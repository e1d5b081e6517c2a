package dev.molt.runner.remote;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What to run in a shell.
 *
 * @param text POSIX sh; any size, no NUL
 * @param stdin what the script reads on its standard input
 * @param deadline how long it may take before it is killed
 * @param maxOutput how many bytes of stdout and of stderr each to keep; what comes beyond is read
 *     and dropped, and {@link ScriptResult#truncated} says so
 * @param onLine told of complete lines while the script runs, where somebody wants to watch
 */
public record Script(
    String text,
    Optional<Content> stdin,
    Duration deadline,
    long maxOutput,
    Optional<LineListener> onLine) {

  public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(10);
  public static final long DEFAULT_MAX_OUTPUT = 16L << 20;

  /** Is told of output as it arrives, on a thread of the connection: must not block. */
  @FunctionalInterface
  public interface LineListener {
    /** One line of stdout or stderr, without its line break. */
    void line(boolean stderr, String text);
  }

  public Script {
    Objects.requireNonNull(text);
    Objects.requireNonNull(stdin);
    Objects.requireNonNull(deadline);
    Objects.requireNonNull(onLine);
  }

  public static Script of(String text) {
    return new Script(
        text, Optional.empty(), DEFAULT_DEADLINE, DEFAULT_MAX_OUTPUT, Optional.empty());
  }

  public Script withStdin(Content content) {
    return new Script(text, Optional.of(content), deadline, maxOutput, onLine);
  }

  public Script withDeadline(Duration newDeadline) {
    return new Script(text, stdin, newDeadline, maxOutput, onLine);
  }

  public Script withLineListener(LineListener listener) {
    return new Script(text, stdin, deadline, maxOutput, Optional.of(listener));
  }
}
