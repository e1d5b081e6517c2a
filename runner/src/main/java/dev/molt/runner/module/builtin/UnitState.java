package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What systemd says of a unit, as {@code systemctl show} prints properties.
 *
 * @param properties by name; one that this systemd does not know is missing
 */
record UnitState(Map<String, String> properties) {
  /** What to ask for, in the form of {@code systemctl show -p}. */
  static final String PROPERTIES =
      "Id,Names,Description,Type,LoadState,LoadError,ActiveState,SubState,Result,UnitFileState,"
          + "FragmentPath,SourcePath,NeedDaemonReload,MainPID,NRestarts,ExecMainCode,"
          + "ExecMainStatus,ExecMainStartTimestampMonotonic,ActiveEnterTimestampMonotonic,"
          + "ActiveExitTimestampMonotonic,InactiveEnterTimestampMonotonic,"
          + "InactiveExitTimestampMonotonic,InvocationID,RemainAfterExit,ConditionResult,"
          + "ConditionTimestampMonotonic,"
          + "ControlGroup,TimeoutStartUSec,TimeoutStopUSec";

  private static final Set<String> SUFFIXES =
      Set.of(
          "service",
          "socket",
          "target",
          "timer",
          "mount",
          "automount",
          "path",
          "slice",
          "scope",
          "swap",
          "device");

  static UnitState parse(List<String> lines) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        properties.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return new UnitState(properties);
  }

  /** The name with its suffix: {@code tegu} is {@code tegu.service}. */
  static String unitName(String name) {
    return SUFFIXES.contains(name.substring(name.lastIndexOf('.') + 1)) ? name : name + ".service";
  }

  String get(String property) {
    return properties.getOrDefault(property, "");
  }

  long number(String property) {
    String text = get(property);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  boolean notFound() {
    return get("LoadState").equals("not-found");
  }

  boolean masked() {
    return get("LoadState").equals("masked") || get("UnitFileState").startsWith("masked");
  }

  /** Such as {@code active (running)}. */
  String words() {
    return get("ActiveState") + " (" + get("SubState") + ")";
  }

  /**
   * Whether the unit does what it is for. A service that is "active (exited)" counts only where
   * nothing is meant to stay: a oneshot, or an old init script.
   */
  boolean running() {
    if (!get("ActiveState").equals("active") && !get("ActiveState").equals("reloading")) {
      return false;
    }
    return !get("SubState").equals("exited")
        || get("Type").equals("oneshot")
        || get("Type").isEmpty()
        || get("SourcePath").startsWith("/etc/init.d/");
  }

  /** Whether a oneshot that keeps no state has done its work. */
  boolean finished() {
    return get("Type").equals("oneshot")
        && get("ActiveState").equals("inactive")
        && get("Result").equals("success")
        && !conditionFailed();
  }

  /** Whether it was not started because of a Condition line; a unit never tried says "no" too. */
  boolean conditionFailed() {
    return get("ConditionResult").equals("no") && number("ConditionTimestampMonotonic") > 0;
  }

  boolean stopped() {
    return (get("ActiveState").equals("inactive") || get("ActiveState").equals("failed"))
        && number("MainPID") == 0;
  }

  /** Whether this is the same run of the unit: the same process, not restarted in between. */
  boolean sameRun(UnitState later) {
    return get("MainPID").equals(later.get("MainPID"))
        && get("InvocationID").equals(later.get("InvocationID"))
        && get("NRestarts").equals(later.get("NRestarts"));
  }

  /**
   * Whether it starts with the host. Units without an [Install] section are started by others;
   * Ansible counts them as enabled, and so do we, since enabling them would do nothing.
   */
  boolean enabled() {
    return Set.of("enabled", "alias", "static", "indirect", "generated")
        .contains(get("UnitFileState"));
  }

  /** Whether it can be enabled and disabled at all. */
  boolean canBeEnabled() {
    return !Set.of("static", "indirect", "generated", "transient").contains(get("UnitFileState"));
  }

  UnitState with(Map<String, String> others) {
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.putAll(others);
    return new UnitState(all);
  }

  /** All properties, as Ansible's {@code status}. */
  MapValue status() {
    MapValue map = MapValue.empty();
    properties.forEach((name, value) -> map.put(name, new StrValue(value)));
    return map;
  }
}
