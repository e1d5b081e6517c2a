package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Takes one module through plan, apply and verification on one host. Stateless. */
public final class ModuleRun {
  private ModuleRun() {}

  /**
   * What came of it.
   *
   * @param status what to report
   * @param result the keys to register, {@code changed} among them
   * @param diffs what changed, or would change
   * @param effects what that means for the host
   */
  public record Outcome(
      Status status, MapValue result, List<FieldDiff> diffs, List<Effect> effects) {}

  /** How a task can end on a host, short of failing. */
  public enum Status {
    OK,
    CHANGED,
    /** The module found that there was nothing for it to do here, and says so. */
    SKIPPED,
    /** A check cannot tell. */
    UNKNOWN
  }

  /** What to do with a plan that wants a change. */
  public enum Mode {
    APPLY,
    /** A check: what would be done is taken as given for the tasks that follow. */
    FORETELL,
    /** {@code check_mode: true} on the task itself: only a look, without consequence. */
    PEEK
  }

  /**
   * Plans, and unless this is a check, applies and verifies.
   *
   * @param through what a change is made through, given the host and the plan
   * @throws ModuleException if the module failed or the change did not take
   */
  static <P extends Record> Outcome execute(
      Module<P> module,
      P options,
      HostTarget target,
      Mode mode,
      BiFunction<Target, Plan, Target> through)
      throws ModuleException, UnreachableException, InterruptedException {
    Plan plan = module.plan(options, target);
    if (plan instanceof Plan.Unchanged) {
      boolean before = BoolValue.TRUE.equals(plan.result().get("changed"));
      boolean skipped = BoolValue.TRUE.equals(plan.result().get("skipped"));
      Status status = before ? Status.CHANGED : skipped ? Status.SKIPPED : Status.OK;
      return new Outcome(status, with(plan.result(), before), List.of(), List.of());
    }
    if (mode != Mode.APPLY) {
      return foretell(plan, target, mode);
    }
    target.allowWrites(true);
    Applied applied;
    try {
      applied = module.apply(options, (Plan.Pending) plan, through.apply(target, plan));
    } finally {
      target.allowWrites(false);
    }
    if (plan instanceof Plan.Change change) {
      Plan after =
          applied.after().isPresent() ? applied.after().get() : module.plan(options, target);
      if (after instanceof Plan.Change still) {
        throw new ModuleException(didNotConverge(module, still), applied.result());
      }
      return new Outcome(
          Status.CHANGED, with(applied.result(), true), change.diffs(), change.effects());
    }
    boolean changed = !BoolValue.FALSE.equals(applied.result().get("changed"));
    return new Outcome(
        changed ? Status.CHANGED : Status.OK,
        with(applied.result(), changed),
        List.of(),
        List.of());
  }

  /** The same, on the host itself. */
  public static <P extends Record> Outcome execute(
      Module<P> module, P options, HostTarget target, Mode mode)
      throws ModuleException, UnreachableException, InterruptedException {
    return execute(module, options, target, mode, (host, plan) -> host);
  }

  /** Applies, or foretells. */
  public static <P extends Record> Outcome execute(
      Module<P> module, P options, HostTarget target, boolean check)
      throws ModuleException, UnreachableException, InterruptedException {
    return execute(module, options, target, check ? Mode.FORETELL : Mode.APPLY);
  }

  private static Outcome foretell(Plan plan, HostTarget target, Mode mode) {
    if (plan instanceof Plan.Change change) {
      if (mode == Mode.FORETELL) {
        change.effects().forEach(target.foreseen()::add);
      }
      return new Outcome(
          Status.CHANGED, with(plan.result(), true), change.diffs(), change.effects());
    }
    boolean expected = BoolValue.TRUE.equals(plan.result().get("changed"));
    MapValue result = with(plan.result(), expected);
    if (!expected) {
      result.put("skipped", BoolValue.TRUE);
    }
    result.put("msg", new StrValue(((Plan.Unknown) plan).reason()));
    return new Outcome(Status.UNKNOWN, result, List.of(), List.of());
  }

  private static MapValue with(MapValue result, boolean changed) {
    return result.put("changed", BoolValue.of(changed));
  }

  private static String didNotConverge(Module<?> module, Plan.Change still) {
    String what =
        still.diffs().stream()
            .map(
                d ->
                    (d.subject() + " " + d.field()).strip()
                        + (d.sensitive()
                            ? ""
                            : ": is '" + d.before() + "', should be '" + d.after() + "'"))
            .limit(5)
            .collect(Collectors.joining("; "));
    return module.spec().name()
        + " did not converge: the change was made without an error, but the host still differs ("
        + what
        + ")";
  }
}
