package dev.molt.runner.engine;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code setup} and other modules have found out about a host. Thread-safe. Facts are seen
 * twice: in {@code ansible_facts} under their own names, and as variables with the prefix {@code
 * ansible_}.
 */
final class HostFacts {
  static final String PREFIX = "ansible_";

  /** What tells how to reach a host is never taken from what the host says. */
  private static final Pattern CONNECTION =
      Pattern.compile(
          "ansible_(connection|host|port|user|password|ssh_.*|become.*|shell_.*|private_key_file"
              + "|remote_.*|.*_interpreter|rsync_path|facts|async_dir)");

  private static final Set<String> ALLOWED = Set.of("ansible_ssh_host_key_dsa_public");

  private final Map<String, Value> values = new LinkedHashMap<>();
  private volatile Layer layer = layer(new LinkedHashMap<>(), true);
  private volatile boolean inject = true;
  private volatile boolean gathered;

  /** Adds what a module found; a name that is known already gets the new value. */
  synchronized void add(Map<String, Value> found) {
    values.putAll(found);
    layer = layer(values, inject);
  }

  /** Takes what was kept from an earlier run. */
  synchronized void restore(Map<String, Value> kept) {
    if (!kept.isEmpty()) {
      add(kept);
      gathered = kept.containsKey("module_setup");
    }
  }

  /** All facts, under the names that modules give them. */
  synchronized Map<String, Value> values() {
    return new LinkedHashMap<>(values);
  }

  synchronized void clear() {
    values.clear();
    gathered = false;
    layer = layer(values, inject);
  }

  /** Whether facts are variables of their own too. */
  synchronized void inject(boolean wanted) {
    inject = wanted;
    layer = layer(values, inject);
  }

  /** Whether the host has been asked for its facts. */
  boolean gathered() {
    return gathered;
  }

  void markGathered() {
    gathered = true;
  }

  /** The variables that come of it. */
  Layer layer() {
    return layer;
  }

  private static Layer layer(Map<String, Value> values, boolean inject) {
    Map<String, Value> variables = new LinkedHashMap<>();
    MapValue namespaced = MapValue.empty();
    values.forEach(
        (name, value) -> {
          boolean own = name.startsWith(PREFIX) && !name.equals("ansible_local");
          namespaced.put(own ? name.substring(PREFIX.length()) : name, value);
          if (inject && (ALLOWED.contains(name) || isFact(name))) {
            variables.put(name, value);
          }
        });
    if (values.containsKey("ansible_local")) {
      variables.put("ansible_local", values.get("ansible_local"));
      namespaced.put("ansible_local", values.get("ansible_local"));
      namespaced.put("local", values.get("ansible_local"));
    }
    variables.put("ansible_facts", namespaced);
    return Layer.ofValues("facts", variables);
  }

  private static boolean isFact(String name) {
    return name.startsWith("ansible_ssh_host_key") || !CONNECTION.matcher(name).matches();
  }
}
