package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.VarSet;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.vars.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What variables and magic names need of the inventory. */
final class InventoryLayers {
  private InventoryLayers() {}

  /** A host's inventory variables, strongest first; none for a host that is not listed. */
  static List<Layer> of(Inventory inventory, String host) {
    Optional<Host> found = inventory.hostOrLocal(host);
    List<Layer> layers = new ArrayList<>();
    for (VarSet set : found.map(Host::vars).orElse(List.of())) {
      layers.add(new Layer(set.origin().label(), set.variables(), Map.of()));
    }
    Collections.reverse(layers);
    return layers;
  }

  /** Looks for files of variables that cannot be decrypted, before the host is touched. */
  static void check(Inventory inventory, String host, Diagnostics problems) {
    for (VarSet set : inventory.hostOrLocal(host).map(Host::vars).orElse(List.of())) {
      try {
        set.variables().forEach((name, node) -> {});
      } catch (DiagnosticException e) {
        problems.addAll(e);
      }
    }
  }

  static List<String> groupNames(Inventory inventory, String host) {
    return inventory.hostOrLocal(host).map(Host::groupNames).orElse(List.of());
  }

  /** Every group with the names of its hosts; listed when asked for, since few tasks ask. */
  static MapValue groups(Inventory inventory) {
    return new MapValue(
        new LazyMap(
            () -> inventory.groups().keySet(),
            name -> inventory.group(name).map(g -> ListValue.ofStrings(g.hosts())).orElse(null)));
  }

  static List<String> hostNames(Inventory inventory) {
    return inventory.hosts().stream().map(Host::name).toList();
  }
}
