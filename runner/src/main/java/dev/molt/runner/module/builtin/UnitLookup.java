package dev.molt.runner.module.builtin;

import dev.molt.dsl.source.Suggestions;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out about a unit in one round trip, and lays over it what a check foresees. */
final class UnitLookup {
  private static final List<String> UNIT_DIRECTORIES =
      List.of(
          "/etc/systemd/system/",
          "/run/systemd/system/",
          "/usr/local/lib/systemd/system/",
          "/usr/lib/systemd/system/",
          "/lib/systemd/system/");

  private UnitLookup() {}

  /**
   * The state of a unit.
   *
   * @throws ModuleException if there is no such unit, or no systemd
   */
  static UnitState find(String name, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String unit = UnitState.unitName(name);
    ScriptResult answer = target.read(UnitScripts.show(unit));
    if (!answer.ok()) {
      throw noSystemd(target.host(), answer);
    }
    List<String> lines = answer.out().lines().toList();
    int names = lines.indexOf(UnitScripts.MARK + "units");
    UnitState state =
        foreseen(
            unit, UnitState.parse(names < 0 ? lines : lines.subList(0, names)), target.foreseen());
    if (state.notFound()) {
      throw notFound(
          name, unit, target.host(), names < 0 ? List.of() : lines.subList(names, lines.size()));
    }
    String broken = state.get("LoadState");
    if (broken.equals("bad-setting") || broken.equals("error")) {
      throw new ModuleException(
          unit + " cannot be loaded (" + broken + "): " + state.get("LoadError"));
    }
    return state;
  }

  private static UnitState foreseen(String unit, UnitState host, Foreseen foreseen) {
    if (foreseen.isEmpty()) {
      return host;
    }
    Map<String, String> laid = new LinkedHashMap<>();
    String file = host.get("FragmentPath");
    if (host.notFound()) {
      for (String directory : UNIT_DIRECTORIES) {
        if (foreseen.file(directory + unit).filter(FileState::exists).isPresent()) {
          laid.put("Id", unit);
          laid.put("LoadState", "loaded");
          laid.put("ActiveState", "inactive");
          laid.put("SubState", "dead");
          laid.put("UnitFileState", "disabled");
        }
      }
    } else if (!file.isEmpty() && foreseen.file(file).isPresent()) {
      laid.put("NeedDaemonReload", "yes");
    }
    String id = host.notFound() ? unit : host.get("Id");
    Optional<Boolean> running = foreseen.unitRunning(id).or(() -> foreseen.unitRunning(unit));
    if (running.isPresent()) {
      laid.put("ActiveState", running.get() ? "active" : "inactive");
      laid.put("SubState", running.get() ? "running" : "dead");
      laid.put("MainPID", running.get() ? "1" : "0");
    }
    return host.with(laid);
  }

  private static ModuleException noSystemd(String host, ScriptResult answer) {
    if (answer.timedOut()) {
      return new ModuleException(host + ": systemctl did not answer within 30 s");
    }
    if (answer.exitStatus() == UnitScripts.NO_SYSTEMCTL) {
      return new ModuleException(
          host + " has no systemctl; services can be managed only where systemd runs");
    }
    return new ModuleException(host + ": systemctl failed: " + answer.err().strip());
  }

  private static ModuleException notFound(
      String name, String unit, String host, List<String> unitFiles) {
    List<String> units = unitFiles.stream().map(line -> line.split("\\s+", 2)[0]).toList();
    String stem = unit.substring(0, unit.lastIndexOf('.'));
    List<String> alike = units.stream().filter(u -> u.contains(stem)).sorted().limit(5).toList();
    String hint =
        Suggestions.hint(unit, units)
            .or(
                () ->
                    Optional.of("there is: " + String.join(", ", alike))
                        .filter(h -> !alike.isEmpty()))
            .map(h -> "; " + h)
            .orElse("");
    return new ModuleException(
        "Could not find the requested service " + name + ": " + host + " has no " + unit + hint);
  }
}
