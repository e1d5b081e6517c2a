package dev.molt.runner.engine;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code diff} of a result. As in Ansible, the contents of files are in it only where the user
 * or the task asks for diffs; what is said of owners and the like always is.
 */
final class ResultDiff {
  private static final String KEY = "diff";

  private ResultDiff() {}

  /** Takes contents out of a result. */
  static void withoutContents(MapValue result) {
    Value diff = result.get(KEY);
    if (diff instanceof MapValue one && isContent(one)) {
      result.entries().remove(new StrValue(KEY));
    } else if (diff instanceof ListValue list) {
      List<Value> kept = new ArrayList<>(list.items());
      kept.removeIf(d -> d instanceof MapValue one && isContent(one));
      if (kept.isEmpty()) {
        result.entries().remove(new StrValue(KEY));
      } else {
        result.put(KEY, ListValue.of(kept));
      }
    }
  }

  private static boolean isContent(MapValue diff) {
    return diff.get("before") instanceof StrValue || diff.get("after") instanceof StrValue;
  }
}
