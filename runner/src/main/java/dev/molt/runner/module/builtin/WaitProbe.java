package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.MapValue;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;

/** Something to wait for: one look at a time. It may remember what it has seen between looks. */
interface WaitProbe {
  /**
   * What a look showed.
   *
   * @param holds whether it is as wanted
   * @param said what is in the way, for the message when time is up
   * @param found further keys of the result
   */
  record Look(boolean holds, String said, MapValue found) {
    static Look of(boolean holds, String said) {
      return new Look(holds, said, MapValue.empty());
    }
  }

  Look look(Target target) throws ModuleException, UnreachableException, InterruptedException;
}
