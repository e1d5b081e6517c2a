package dev.molt.runner.module;

import dev.molt.dsl.value.MapValue;
import java.util.Objects;
import java.util.Optional;

/**
 * A change was made.
 *
 * @param result the keys of the result. An action may put {@code changed} here; it counts as
 *     changed otherwise
 * @param after the plan as it came out in the same round trip as the change; where it is empty, the
 *     engine plans again. If it still wants a change, the task fails: it did not converge
 */
public record Applied(MapValue result, Optional<Plan> after) {
  public Applied {
    Objects.requireNonNull(result);
    Objects.requireNonNull(after);
  }

  /** The engine is to find out whether the change took. */
  public static Applied of(MapValue result) {
    return new Applied(result, Optional.empty());
  }

  /** The module has found out already. */
  public static Applied verified(MapValue result, Plan after) {
    return new Applied(result, Optional.of(after));
  }
}
