package dev.molt.runner.engine;

import dev.molt.runner.event.RunEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A line that a script says or prints, for whoever watches the run. */
final class Said {
  private Said() {}

  /** Takes lines that belong to no host. */
  static Consumer<String> in(RunContext run) {
    return line -> of(run, Optional.empty(), false, line);
  }

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
