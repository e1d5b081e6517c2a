package dev.molt.dsl.playbook;

import java.nio.file.Path;
import java.util.List;

/**
 * A playbook with everything that it imports. Immutable.
 *
 * @param file the one that was named
 * @param plays in the order in which they run
 */
public record Playbook(Path file, List<Play> plays) {
  public Playbook {
    plays = List.copyOf(plays);
  }
}
