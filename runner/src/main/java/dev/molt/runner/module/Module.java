package dev.molt.runner.module;

import dev.molt.runner.remote.UnreachableException;

/**
 * Something a task can ask for. A module says what would change, and can make a change that it
 * planned; whether it is asked to is the engine's decision, so that a module cannot tell a check
 * from a real run, and cannot lie about it.
 *
 * <p>One instance serves all hosts at once: implementations hold no state.
 *
 * @param <P> the options: a record nested in the module, its components annotated with {@link
 *     Option}
 */
public interface Module<P extends Record> {
  /** What becomes of a task with {@code async}. */
  enum Background {
    /**
     * It goes on by itself: {@link #apply} writes with one script and nothing else, gives back what
     * came of that, and reads nothing after it.
     */
    DETACHED,
    /** It is done while the task waits, and its result is kept for who asks for the job's. */
    IN_TURN,
    /** It fails. */
    REFUSED
  }

  /** Name, summary and options. */
  Spec<P> spec();

  /** What becomes of a task with {@code async}. */
  default Background background() {
    return Background.IN_TURN;
  }

  /**
   * Finds out what would have to change. Reads only: {@link Target#write} throws here.
   *
   * @throws ModuleException if the state that is asked for cannot be had, or cannot be found out
   */
  Plan plan(P options, Target target)
      throws ModuleException, UnreachableException, InterruptedException;

  /**
   * Makes the change.
   *
   * @param plan what {@link #plan} returned a moment ago for the same options and target
   * @throws ModuleException if it failed; the message says what state the host is in now, where
   *     that is not plain
   */
  default Applied apply(P options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    throw new IllegalStateException(spec().name() + " planned a change that it cannot make");
  }
}
