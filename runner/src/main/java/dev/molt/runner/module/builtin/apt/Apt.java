package dev.molt.runner.module.builtin.apt;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.builtin.web.HostFetch;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;

/** What apt is to do for one task on one host. */
final class Apt {
  private final AptOptions options;
  private final Target target;
  private final AptGet get;
  private final List<PackageSpec> specs = new ArrayList<>();

  /**
   * Reads the options.
   *
   * @throws ModuleException if they do not go together
   */
  Apt(AptOptions options, Target target) throws ModuleException {
    this.options = options;
    this.target = target;
    this.get = new AptGet(options);
    boolean upgrade = options.upgrade() != AptOptions.Upgrade.NO;
    int kinds =
        (upgrade ? 1 : 0)
            + (options.packages().isEmpty() ? 0 : 1)
            + (options.files().isEmpty() ? 0 : 1);
    if (kinds > 1) {
      throw new ModuleException("parameters are mutually exclusive: deb|package|upgrade");
    }
    if (kinds == 0 && !others()) {
      throw new ModuleException(
          "one of the following is required: autoremove, deb, package, update_cache, upgrade");
    }
    if (!options.files().isEmpty() && options.state() != AptOptions.State.PRESENT) {
      throw new ModuleException("deb only supports state=present");
    }
    if (AptWork.all(options)) {
      if (options.packages().size() > 1) {
        throw new ModuleException(
            "unable to install additional packages when upgrading all installed packages");
      }
      return;
    }
    for (String text : options.packages()) {
      specs.add(PackageSpec.parse(text));
    }
  }

  private boolean others() {
    return options.autoremove()
        || options.autoclean()
        || options.clean()
        || options.names().isPresent()
        || options.mayUpdate()
        || options.state() == AptOptions.State.FIXED;
  }

  /** Whether there is more to do than to bring the lists up to date, or to drop files. */
  private boolean more() {
    return !options.packages().isEmpty()
        || !options.files().isEmpty()
        || options.upgrade() != AptOptions.Upgrade.NO;
  }

  private boolean remoteFile() {
    return options.files().stream().anyMatch(file -> file.contains("://"));
  }

  private AptState ask(List<String> files)
      throws ModuleException, UnreachableException, InterruptedException {
    boolean candidates =
        options.state() == AptOptions.State.LATEST
            || specs.stream().anyMatch(spec -> spec.version().isPresent());
    return AptState.ask(specs, files, candidates, target);
  }

  private boolean due(AptState state) {
    boolean old = state.listsTime() + options.cacheValidTime() < state.now();
    return options.mayUpdate() && (old || options.cacheValidTime() == 0);
  }

  Plan plan() throws ModuleException, UnreachableException, InterruptedException {
    if (remoteFile()) {
      return unknown("would fetch " + String.join(", ", options.files()) + " and install it", true);
    }
    AptState state = ask(options.files());
    boolean due = due(state);
    AptWork work = AptWork.of(options, specs, state, due);
    if (due) {
      return unknown(
          "would bring the lists of packages up to date"
              + (more() ? ", and do what is to be done then" : ""),
          !more() || !work.isEmpty());
    } else if (options.clean()) {
      return unknown("would drop package files that were fetched", !more() || !work.isEmpty());
    }
    List<FieldDiff> diffs = get.simulate(work, target);
    MapValue result = result(state, false);
    return diffs.isEmpty()
        ? Plan.unchanged(result)
        : new Plan.Change(diffs, work, result, List.of());
  }

  private static Plan unknown(String reason, boolean changes) {
    return new Plan.Unknown(reason, MapValue.empty().put("changed", BoolValue.of(changes)));
  }

  private static MapValue result(AptState state, boolean updated) {
    return MapValue.empty()
        .put("cache_updated", BoolValue.of(updated))
        .put("cache_update_time", Value.of(state.listsTime()));
  }

  Applied apply(Plan.Pending plan)
      throws ModuleException, UnreachableException, InterruptedException {
    if (plan instanceof Plan.Change change) {
      MapValue said = get.make((AptWork) change.state(), target);
      change.result().entries().forEach((key, value) -> said.entries().put(key, value));
      return Applied.of(said);
    }
    if (options.clean()) {
      get.clean(target);
    }
    List<String> files = fetched();
    AptState state = ask(files);
    boolean updated = false;
    if (due(state)) {
      get.update(target);
      long before = state.listsTime();
      state = ask(files);
      updated = before != state.listsTime();
    }
    MapValue result = result(state, updated);
    AptWork work = AptWork.of(options, specs, state, false);
    boolean changed = !get.simulate(work, target).isEmpty();
    if (changed) {
      MapValue said = get.make(work, target);
      said.entries().forEach((key, value) -> result.entries().put(key, value));
    }
    for (int i = 0; i < files.size(); i++) {
      if (!files.get(i).equals(options.files().get(i))) {
        HostFetch.drop(files.get(i), target);
      }
    }
    boolean alone = !more() && (updated || options.clean());
    return Applied.of(result.put("changed", BoolValue.of(changed || alone)));
  }

  /** The package files, those of other hosts fetched. */
  private List<String> fetched()
      throws ModuleException, UnreachableException, InterruptedException {
    List<String> files = new ArrayList<>();
    for (String file : options.files()) {
      files.add(file.contains("://") ? HostFetch.fetch(file, ".deb", target) : file);
    }
    return files;
  }
}
