package dev.molt.runner.module.builtin.account;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.Effect.GroupEffect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes users, changes and removes them. A secret is never an argument of a program, where others
 * on the host could see it.
 */
public final class UserModule implements Module<UserOptions> {
  private static final Spec<UserOptions> SPEC =
      Spec.of("user", "Make, change and remove users", UserOptions.class);

  @Override
  public Spec<UserOptions> spec() {
    return SPEC;
  }

  /** What a plan knows of the host. */
  private record Found(UserState state, List<String> groups) {}

  @Override
  public Plan plan(UserOptions options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.local()) {
      GroupModule.refuseWithLocal("umask", options.umask().isPresent());
      GroupModule.refuseWithLocal("uid_min", options.uidMin().isPresent());
      GroupModule.refuseWithLocal("uid_max", options.uidMax().isPresent());
    }
    Databases databases = Databases.ask(UserState.questions(options), target);
    UserState state = UserState.of(databases, options.name());
    if (!options.present()) {
      return planAbsent(options, state);
    }
    List<FieldDiff> diffs = diffs(options, state, databases, target.foreseen());
    MapValue result = UserResult.present(options, state, !state.exists());
    if (diffs.isEmpty()) {
      return Plan.unchanged(result);
    }
    boolean ownGroup = !state.exists() && options.group().isEmpty();
    List<Effect> effects = ownGroup ? List.of(new GroupEffect(options.name(), true)) : List.of();
    List<String> groups = UserState.listed(options, databases, target.foreseen());
    return new Plan.Change(diffs, new Found(state, groups), result, effects);
  }

  private static List<FieldDiff> diffs(
      UserOptions options, UserState state, Databases databases, Foreseen foreseen)
      throws ModuleException {
    return new UserDiff(options, state)
        .of(
            UserState.ownGroup(options, databases, foreseen),
            UserState.listed(options, databases, foreseen));
  }

  private static Plan planAbsent(UserOptions options, UserState state) {
    MapValue result = UserResult.base(options);
    return state.exists()
        ? new Plan.Change(
            List.of(FieldDiff.of(options.name(), "state", "present", "absent")),
            new Found(state, List.of()),
            result
                .put("force", BoolValue.of(options.force()))
                .put("remove", BoolValue.of(options.remove())),
            List.of())
        : Plan.unchanged(result);
  }

  @Override
  public Applied apply(UserOptions options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Plan.Change change = (Plan.Change) plan;
    Found found = (Found) change.state();
    UserCommands commands = new UserCommands(options, found.state(), change.diffs());
    Databases after;
    try {
      after =
          Databases.change(
              commands.of(found.groups()), commands.input(), UserState.questions(options), target);
    } catch (ModuleException e) {
      e.result().put("name", new StrValue(options.name()));
      throw e;
    }
    UserState state = UserState.of(after, options.name());
    if (!options.present()) {
      return Applied.verified(after.tell(change.result()), planAbsent(options, state));
    }
    List<FieldDiff> left = new ArrayList<>(diffs(options, state, after, target.foreseen()));
    // With force a key is made at every run, so that one is wanted says nothing of this run.
    left.removeIf(diff -> diff.field().equals(UserDiff.SSH_KEY) && state.key().text().isPresent());
    MapValue result = UserResult.present(options, state, !found.state().exists());
    return Applied.verified(
        after.tell(result),
        left.isEmpty() ? Plan.unchanged(result) : new Plan.Change(left, found, result, List.of()));
  }
}
