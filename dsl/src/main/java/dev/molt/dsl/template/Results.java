package dev.molt.dsl.template;

import dev.molt.dsl.template.tree.Finished;
import dev.molt.dsl.template.tree.Frame;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;

/** What leaves an evaluation. */
final class Results {
  /** Undefined values stand in what a template has just made, never deep. */
  private static final int MAX_DEPTH = 20;

  private Results() {}

  /**
   * Refuses a list or dict that holds an undefined value, and makes lists of what is a tuple within
   * the template only.
   *
   * @param inDefinitions whether variables may hold undefined values
   */
  static Value complete(Value value, Frame frame, boolean inDefinitions) {
    // Looking is not free, and would evaluate what is lazy; so only where there is reason to.
    if (frame.evaluation().mayHoldUndefined() || inDefinitions) {
      require(value, 0);
    }
    return frame.evaluation().isUnfinished() ? Finished.of(value) : value;
  }

  private static void require(Value value, int depth) {
    if (value instanceof UndefinedValue undefined && !undefined.blank()) {
      throw new ValueException(undefined);
    } else if (depth < MAX_DEPTH && value instanceof ListValue list) {
      for (Value item : list.items()) {
        require(item, depth + 1);
      }
    } else if (depth < MAX_DEPTH && value instanceof MapValue map) {
      for (Value item : map.entries().values()) {
        require(item, depth + 1);
      }
    }
  }
}
