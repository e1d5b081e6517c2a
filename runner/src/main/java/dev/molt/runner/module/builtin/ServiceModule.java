package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Effect;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts, stops and enables units of systemd, and proves that what was started stays up: it is
 * looked at again after {@code stable_for}, and has to be the same process.
 */
public final class ServiceModule implements Module<ServiceModule.Options> {
  private final Spec<Options> spec;

  /** What a unit can be asked to be. */
  public enum State {
    STARTED,
    STOPPED,
    RESTARTED,
    RELOADED
  }

  /** See {@link Option} on each. */
  public record Options(
      @Option(
              value = "The unit; without a suffix it is a service.",
              aliases = {"service", "unit"})
          Optional<String> name,
      @Option("What it is to be. Restarted and reloaded always change.") Optional<State> state,
      @Option("Whether it starts with the host.") Optional<Boolean> enabled,
      @Option("Whether it is masked, so that nothing can start it.") Optional<Boolean> masked,
      @Option(
              value = "Make systemd read its unit files again, where they have changed.",
              aliases = "daemon-reload",
              defaultValue = "false")
          boolean daemonReload,
      @Option(value = "Only system is possible.", defaultValue = "system") String scope,
      @Option(
              value = "Seconds that a unit has to run on after a start before it counts as up.",
              defaultValue = "1")
          double stableFor,
      @Option(value = "Seconds to wait for a start or stop.", defaultValue = "90") int timeout) {}

  /**
   * Under one of its names.
   *
   * @param name {@code service}, {@code systemd} or {@code systemd_service}
   */
  public ServiceModule(String name) {
    spec = Spec.of(name, "Start, stop and enable units of systemd", Options.class);
  }

  @Override
  public Spec<Options> spec() {
    return spec;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    validate(options);
    if (options.name().isEmpty()) {
      return new Plan.Unknown("would make systemd read its unit files again", MapValue.empty());
    }
    UnitState unit = UnitLookup.find(options.name().get(), target);
    if (unit.masked()
        && !options.masked().equals(Optional.of(false))
        && options.state().filter(s -> s != State.STOPPED).isPresent()
        && !unit.running()) {
      throw new ModuleException(
          unit.get("Id") + " is masked and cannot be started; set masked: false to unmask it");
    }
    List<FieldDiff> diffs = diffs(options, unit);
    MapValue result = result(options, unit);
    if (diffs.isEmpty()) {
      return Plan.unchanged(result);
    }
    List<Effect> effects = new ArrayList<>();
    if (diffs.stream().anyMatch(d -> d.field().equals("state"))) {
      effects.add(new Effect.ServiceEffect(unit.get("Id"), wantsRunning(options)));
    }
    return new Plan.Change(diffs, unit, result, effects);
  }

  private static void validate(Options options) throws ModuleException {
    if (!options.scope().equals("system")) {
      throw new ModuleException("scope: only system is possible, not " + options.scope());
    }
    boolean asks =
        options.state().isPresent()
            || options.enabled().isPresent()
            || options.masked().isPresent();
    if (options.name().isEmpty() && (asks || !options.daemonReload())) {
      throw new ModuleException("name is missing: which unit?");
    }
  }

  private static boolean wantsRunning(Options options) {
    return options.state().isPresent() && options.state().get() != State.STOPPED;
  }

  private static List<FieldDiff> diffs(Options options, UnitState unit) {
    String id = unit.get("Id");
    List<FieldDiff> diffs = new ArrayList<>();
    if (options.daemonReload() && unit.get("NeedDaemonReload").equals("yes")) {
      diffs.add(FieldDiff.of(id, "unit file", "changed on disk", "loaded"));
    }
    options
        .masked()
        .filter(masked -> masked != unit.masked())
        .ifPresent(masked -> diffs.add(FieldDiff.of(id, "masked", text(!masked), text(masked))));
    if (unit.canBeEnabled() && options.enabled().filter(e -> e != unit.enabled()).isPresent()) {
      String now = unit.get("UnitFileState");
      diffs.add(
          FieldDiff.of(
              id,
              "enabled",
              now.isEmpty() ? "disabled" : now,
              options.enabled().get() ? "enabled" : "disabled"));
    }
    if (options.state().isPresent() && !as(options.state().get(), unit)) {
      diffs.add(FieldDiff.of(id, "state", unit.words(), text(options.state().get())));
    }
    return diffs;
  }

  private static boolean as(State wanted, UnitState unit) {
    return switch (wanted) {
      case STARTED -> unit.running();
      case STOPPED -> unit.stopped();
      case RESTARTED, RELOADED -> false;
    };
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (!(plan instanceof Plan.Change change)) {
      ScriptResult reloaded = target.write(UnitScripts.reloadManager());
      if (!reloaded.ok()) {
        throw new ModuleException("systemctl daemon-reload failed: " + reloaded.out().strip());
      }
      return Applied.of(MapValue.empty().put("changed", BoolValue.FALSE));
    }
    UnitState before = (UnitState) change.state();
    String unit = before.get("Id");
    List<List<String>> commands = commands(options, change, before);
    boolean stateChanges = change.diffs().stream().anyMatch(d -> d.field().equals("state"));
    ScriptResult answer =
        target.write(
            UnitScripts.change(
                unit,
                commands,
                options.timeout(),
                stateChanges && wantsRunning(options) ? options.stableFor() : 0));
    UnitChange made = UnitChange.parse(answer.out());
    if (answer.timedOut() || made.last().properties().isEmpty()) {
      throw new ModuleException(
          unit
              + ": systemctl gave no answer"
              + (answer.timedOut() ? " in time" : ": " + answer.err().strip())
              + "; what state it is in is not known");
    }
    MapValue result = result(options, made.last());
    times(result, made);
    if (stateChanges) {
      prove(options, unit, made, result, target);
    }
    if (!made.failed().isEmpty()) {
      throw UnitFailure.command(made, result);
    }
    Options settled =
        new Options(
            options.name(),
            Optional.empty(),
            options.enabled(),
            options.masked(),
            options.daemonReload(),
            options.scope(),
            options.stableFor(),
            options.timeout());
    List<FieldDiff> left = diffs(settled, made.last());
    return Applied.verified(
        result,
        left.isEmpty()
            ? Plan.unchanged(result)
            : new Plan.Change(left, made.last(), result, List.of()));
  }

  private static List<List<String>> commands(
      Options options, Plan.Change change, UnitState before) {
    String unit = before.get("Id");
    List<List<String>> commands = new ArrayList<>();
    if (options.daemonReload()) {
      commands.add(List.of("daemon-reload"));
    }
    for (FieldDiff diff : change.diffs()) {
      switch (diff.field()) {
        case "masked" ->
            commands.add(List.of(options.masked().orElseThrow() ? "mask" : "unmask", unit));
        case "enabled" ->
            commands.add(List.of(options.enabled().orElseThrow() ? "enable" : "disable", unit));
        case "state" -> commands.add(List.of(verb(options.state().orElseThrow(), before), unit));
        default -> {}
      }
    }
    return commands;
  }

  private static String verb(State state, UnitState before) {
    boolean running = before.running();
    return switch (state) {
      // "start" does nothing to a unit that systemd takes for active though its process is gone.
      case STARTED -> before.get("ActiveState").equals("active") && !running ? "restart" : "start";
      case STOPPED -> "stop";
      case RESTARTED -> "restart";
      case RELOADED -> running ? "reload" : "start";
    };
  }

  private static void prove(
      Options options, String unit, UnitChange made, MapValue result, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    UnitState last = made.last();
    if (!wantsRunning(options)) {
      if (!last.stopped()) {
        throw UnitFailure.notStopped(unit, made, options.timeout(), result, target);
      }
      if (last.get("Result").equals("timeout")) {
        result.put(
            "warnings",
            ListValue.of(new StrValue(unit + " did not stop by itself; systemd killed it")));
      }
      return;
    }
    boolean up = last.running() && made.first().sameRun(last);
    if (!made.failed().isEmpty() || !(up || last.finished())) {
      throw UnitFailure.notRunning(unit, made, options.timeout(), result, target);
    }
  }

  private static MapValue result(Options options, UnitState unit) {
    MapValue result = MapValue.empty().put("name", new StrValue(options.name().orElse("")));
    options
        .state()
        .ifPresent(
            state ->
                result.put("state", new StrValue(state == State.STOPPED ? "stopped" : "started")));
    result.put("enabled", BoolValue.of(unit.enabled()));
    if (!options.daemonReload() && unit.get("NeedDaemonReload").equals("yes")) {
      result.put(
          "warnings",
          ListValue.of(
              new StrValue(
                  unit.get("Id")
                      + " has changed on disk, but systemd uses what it read before; set"
                      + " daemon_reload: true")));
    }
    return result.put("status", unit.status());
  }

  /** When the unit last went up and down by the host's own clock: what downtime is made of. */
  private static void times(MapValue result, UnitChange made) {
    Map.of(
            "active_enter", "ActiveEnterTimestampMonotonic",
            "active_exit", "ActiveExitTimestampMonotonic",
            "inactive_enter", "InactiveEnterTimestampMonotonic")
        .forEach(
            (key, property) -> {
              long micros = made.last().number(property);
              if (micros > 0 && made.clockOffset().isPresent()) {
                result.put(key, new FloatValue(made.clockOffset().getAsDouble() + micros / 1e6));
              }
            });
  }

  private static String text(boolean yes) {
    return yes ? "yes" : "no";
  }

  private static String text(State state) {
    return state.name().toLowerCase(java.util.Locale.ROOT);
  }
}
