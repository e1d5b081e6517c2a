package dev.molt.runner.engine;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.vars.Variables;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import java.util.List;

/**
 * An action on the run itself: it needs what no module sees, and touches no host. It is done in a
 * check as well, since later tasks build on it.
 *
 * @param <P> its options
 */
interface EngineAction<P extends Record> extends Module<P> {
  /**
   * What it came to.
   *
   * @param result the keys of the result
   * @param changes made when the task is over
   */
  record Outcome(MapValue result, List<EngineChange> changes) {
    static Outcome of(MapValue result) {
      return new Outcome(result, List.of());
    }
  }

  /** Where it is done. */
  record At(PlayContext play, TaskPlace place, HostRun host, Variables variables) {}

  /** Does it for one host or item. */
  Outcome act(P options, At at) throws ModuleException;

  /** Whether it is done once for all hosts. */
  default boolean once() {
    return false;
  }

  @Override
  default Plan plan(P options, Target target) {
    throw new IllegalStateException(spec().name() + " is done by the engine");
  }
}
