package dev.molt.runner.module;

import dev.molt.dsl.value.MapValue;
import java.util.List;
import java.util.Objects;

/** What a module would do. */
public sealed interface Plan {
  /** The keys that a registered variable gets besides the engine's own (changed, failed...). */
  MapValue result();

  /**
   * The host is already as wanted; also the outcome of everything that only reads.
   *
   * @param result may say {@code changed: true} where it tells of a change that was made before
   */
  record Unchanged(MapValue result) implements Plan {
    public Unchanged {
      Objects.requireNonNull(result);
    }
  }

  /** Something is to be done. */
  sealed interface Pending extends Plan {}

  /**
   * The host differs from what is wanted.
   *
   * @param diffs what differs; never empty
   * @param state whatever the module's apply needs to know of its plan; the engine does not look
   * @param result what the result would be, as far as a plan can say
   * @param effects what later tasks of a check are to take as given
   */
  record Change(List<FieldDiff> diffs, Object state, MapValue result, List<Effect> effects)
      implements Pending {
    public Change {
      diffs = List.copyOf(diffs);
      effects = List.copyOf(effects);
      Objects.requireNonNull(result);
      if (diffs.isEmpty()) {
        throw new IllegalArgumentException("a change that changes nothing");
      }
    }
  }

  /**
   * An action, such as a command: there is no state to compare, so only doing it shows what it
   * does. A check reports it as unknown, never as unchanged.
   *
   * @param reason what would be done, such as {@code would run: pg_dump ...}
   * @param result may say {@code changed: true} where something says that there is work to do; a
   *     check counts as skipped otherwise
   */
  record Unknown(String reason, MapValue result) implements Pending {
    public Unknown {
      Objects.requireNonNull(reason);
      Objects.requireNonNull(result);
    }
  }

  static Plan unchanged() {
    return new Unchanged(MapValue.empty());
  }

  static Plan unchanged(MapValue result) {
    return new Unchanged(result);
  }
}
