package dev.molt.runner.engine;

import dev.molt.runner.event.RunEvent;
import java.time.Instant;
import java.util.Optional;

/** A line that a script says or prints, for whoever watches the run. */
final class Said {
  private Said() {}

  /**
   * Tells it.
   *
   * @param hidden whether nobody may see it
   */
  static void of(RunContext run, Optional<String> host, boolean hidden, String line) {
    run.events()
        .publish(
            new RunEvent.Note(
                Instant.now(), 0, host, hidden ? "(hidden: the task says no_log)" : line));
  }
}
