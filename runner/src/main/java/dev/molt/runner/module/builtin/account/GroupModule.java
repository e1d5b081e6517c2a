package dev.molt.runner.module.builtin.account;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect.GroupEffect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes groups, and removes them. */
public final class GroupModule implements Module<GroupModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("group", "Make and remove groups", Options.class);

  /** Whether there is to be a group. */
  public enum State {
    PRESENT,
    ABSENT
  }

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "The group.", required = true) String name,
      @Option(value = "Whether there is to be one.", defaultValue = "present") State state,
      @Option("Its number.") Optional<Integer> gid,
      @Option(value = "A new group gets a number of the system's.", defaultValue = "false")
          boolean system,
      @Option(value = "Its number may be another group's too.", defaultValue = "false")
          boolean nonUnique,
      @Option(value = "Remove it although it is some user's own group.", defaultValue = "false")
          boolean force,
      @Option(
              value =
                  "Look only at the host's own files, and use the programs of libuser, where the"
                      + " host also asks a directory.",
              defaultValue = "false")
          boolean local,
      @Option("The lowest number that a new group gets.") Optional<Integer> gidMin,
      @Option("The highest number that a new group gets.") Optional<Integer> gidMax) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.nonUnique() && options.gid().isEmpty()) {
      throw new ModuleException("non_unique is True but all of the following are missing: gid");
    }
    if (options.local()) {
      refuseWithLocal("gid_min", options.gidMin().isPresent());
      refuseWithLocal("gid_max", options.gidMax().isPresent());
      refuseWithLocal("force", options.force());
    }
    Databases databases = Databases.ask(questions(options), target);
    Optional<Boolean> foreseen = target.foreseen().group(options.name());
    if (foreseen.isPresent() && databases.all("group").isEmpty() == foreseen.get()) {
      // In a check an earlier task would have done it; which number there would be is not known.
      boolean asWanted = foreseen.get() == (options.state() == State.PRESENT);
      return asWanted ? Plan.unchanged(base(options)) : change(options, Optional.empty());
    }
    return plan(options, databases);
  }

  static void refuseWithLocal(String option, boolean given) throws ModuleException {
    if (given) {
      throw new ModuleException("'" + option + "' can not be used with 'local'");
    }
  }

  private static String questions(Options options) {
    String number = options.gid().map(gid -> entryOfNumber(options, gid)).orElse("");
    return Databases.entry("group", options.name(), "group", options.local()) + number;
  }

  /** The programs of libuser do not care whether a number is another group's. */
  private static String entryOfNumber(Options options, int gid) {
    return options.local() ? Databases.entry("group", Integer.toString(gid), "number", false) : "";
  }

  private static Plan plan(Options options, Databases databases) throws ModuleException {
    Optional<String> gid =
        databases.fields("group", 3).filter(f -> f[0].equals(options.name())).map(f -> f[2]);
    boolean wanted = options.state() == State.PRESENT;
    if (wanted != gid.isPresent()) {
      refuseTaken(options, databases);
      return change(options, gid);
    }
    MapValue result = base(options);
    if (!wanted) {
      return Plan.unchanged(result);
    }
    result.put("system", BoolValue.of(options.system()));
    result.put("gid", Value.of(Long.parseLong(gid.orElseThrow())));
    Optional<String> number =
        options.gid().map(String::valueOf).filter(n -> !gid.equals(Optional.of(n)));
    if (number.isEmpty()) {
      return Plan.unchanged(result);
    }
    refuseTaken(options, databases);
    FieldDiff diff = FieldDiff.of(options.name(), "gid", gid.orElseThrow(), number.get());
    return new Plan.Change(List.of(diff), gid, result, List.of());
  }

  private static void refuseTaken(Options options, Databases databases) throws ModuleException {
    Optional<String> other =
        databases.fields("number", 3).map(f -> f[0]).filter(n -> !n.equals(options.name()));
    if (options.state() == State.PRESENT && other.isPresent()) {
      throw new ModuleException(
          "GID '"
              + options.gid().orElseThrow()
              + "' already exists with group '"
              + other.get()
              + "'");
    }
  }

  /** The group is to be made, or to go. */
  private static Plan change(Options options, Optional<String> gid) {
    boolean wanted = options.state() == State.PRESENT;
    String name = options.name();
    List<FieldDiff> diffs = new ArrayList<>();
    diffs.add(
        FieldDiff.of(name, "state", wanted ? "absent" : "present", wanted ? "present" : "absent"));
    if (wanted) {
      options.gid().ifPresent(n -> diffs.add(FieldDiff.of(name, "gid", "", n.toString())));
    }
    return new Plan.Change(diffs, gid, base(options), List.of(new GroupEffect(name, wanted)));
  }

  private static MapValue base(Options options) {
    return MapValue.empty()
        .put("name", Value.of(options.name()))
        .put("state", Value.of(options.state() == State.PRESENT ? "present" : "absent"));
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    boolean there = ((Optional<?>) ((Plan.Change) plan).state()).isPresent();
    Databases after;
    try {
      after =
          Databases.change(
              List.of(command(options, there)), Optional.empty(), questions(options), target);
    } catch (ModuleException e) {
      e.result().put("name", new StrValue(options.name()));
      throw e;
    }
    Plan verified = plan(options, after);
    return Applied.verified(after.tell(verified.result()), verified);
  }

  private static String command(Options options, boolean there) {
    StringBuilder command = new StringBuilder(options.local() ? "l" : "");
    if (options.state() == State.ABSENT) {
      command.append("groupdel").append(options.force() ? " -f" : "");
    } else {
      command.append(there ? "groupmod" : "groupadd");
      options.gid().ifPresent(gid -> command.append(" -g ").append(gid));
      command.append(options.nonUnique() ? " -o" : "");
      if (!there) {
        command.append(options.system() ? " -r" : "");
        options.gidMin().ifPresent(min -> command.append(" -K GID_MIN=").append(min));
        options.gidMax().ifPresent(max -> command.append(" -K GID_MAX=").append(max));
      }
    }
    return command.append(" -- ").append(ShellQuote.quote(options.name())).toString();
  }
}
