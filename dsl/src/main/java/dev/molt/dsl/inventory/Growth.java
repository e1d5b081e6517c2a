package dev.molt.dsl.inventory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * How an inventory came to be: loaded, then grown step by step. Immutable.
 *
 * @param last what was added last; null for an inventory as it was loaded
 * @param before how it was before that
 */
record Growth(Reload reload, UnaryOperator<Inventory> last, Growth before) {
  static final Growth NONE = new Growth(Inventory::empty, null, null);

  /** Loads an inventory as it was loaded before. */
  @FunctionalInterface
  interface Reload {
    Inventory load();
  }

  Growth then(UnaryOperator<Inventory> step) {
    return new Growth(reload, step, this);
  }

  /** All of it once more. */
  Inventory repeated() {
    Deque<UnaryOperator<Inventory>> steps = new ArrayDeque<>();
    for (Growth at = this; at.last != null; at = at.before) {
      steps.push(at.last);
    }
    Inventory inventory = reload.load();
    for (UnaryOperator<Inventory> step : steps) {
      inventory = step.apply(inventory);
    }
    return inventory;
  }
}
