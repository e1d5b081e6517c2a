package dev.molt.runner.remote;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What came of a script.
 *
 * @param exitStatus as {@code $?}: above 128 for death by a signal
 * @param stdout exactly as printed
 * @param stderr exactly as printed
 * @param duration from the request to the whole answer
 * @param timedOut whether it was killed at its deadline
 * @param truncated whether output was dropped past {@link Script#maxOutput}
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy of a large output costs
public record ScriptResult(
    int exitStatus,
    byte[] stdout,
    byte[] stderr,
    Duration duration,
    boolean timedOut,
    boolean truncated) {

  /** stdout as UTF-8; malformed bytes become U+FFFD. */
  public String out() {
    return new String(stdout, StandardCharsets.UTF_8);
  }

  /** stderr as UTF-8; malformed bytes become U+FFFD. */
  public String err() {
    return new String(stderr, StandardCharsets.UTF_8);
  }

  public boolean ok() {
    return exitStatus == 0;
  }

  /** Shows the sizes, not the content, which may be secret. */
  @Override
  public String toString() {
    return "exit "
        + exitStatus
        + ", "
        + stdout.length
        + " + "
        + stderr.length
        + " bytes in "
        + duration.toMillis()
        + " ms";
  }
}
