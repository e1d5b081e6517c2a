package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the expressions of a constructed inventory see: the variables that a host has from the
 * sources before it, and none of {@code all} unless one of those said that the host is in it. Not
 * thread-safe.
 */
final class ConstructedScopes {
  private final InventoryBuilder builder;
  private final Templar templar;
  private final HostVars vars;
  private final List<Layer> extraVars;
  private final IdentityHashMap<VarSet, Layer> layers = new IdentityHashMap<>();

  /**
   * @param directories files of variables to take into account
   * @param extraVars strongest first
   */
  ConstructedScopes(
      InventoryBuilder builder,
      Templar templar,
      List<VarsDirectory> directories,
      List<Layer> extraVars) {
    this.builder = builder;
    this.templar = templar;
    this.vars = new HostVars(builder.groups, directories);
    this.extraVars = extraVars;
  }

  /** The variables of a host as it is now. */
  Variables of(String name, boolean withExtraVars) {
    HostDraft host = builder.hosts.get(name);
    List<String> around = GroupTree.aroundNow(builder.groups, host.memberOf);
    Diagnostics problems = new Diagnostics();
    List<VarSet> sets = vars.ofHost(host, around, problems);
    problems.throwIfErrors();
    List<Layer> strongestFirst = new ArrayList<>(withExtraVars ? extraVars : List.of());
    strongestFirst.add(Layer.ofValues("magic variables", magic(host, around)));
    for (int i = sets.size() - 1; i >= 0; i--) {
      VarSet set = sets.get(i);
      boolean ofGroup = set.origin().level().compareTo(Origin.Level.INVENTORY_HOST) < 0;
      strongestFirst.add(
          ofGroup ? layers.computeIfAbsent(set, ConstructedScopes::layer) : layer(set));
    }
    return new Variables(templar, strongestFirst);
  }

  Variables withExtraVars(Variables variables) {
    Variables result = variables;
    for (int i = extraVars.size() - 1; i >= 0; i--) {
      result = result.with(extraVars.get(i));
    }
    return result;
  }

  private static Layer layer(VarSet set) {
    return Layer.ofNodes(set.origin().label(), set.variables());
  }

  private static Map<String, Value> magic(HostDraft host, List<String> around) {
    Map<String, Value> magic = new LinkedHashMap<>();
    magic.put("inventory_hostname", new StrValue(host.name));
    magic.put("inventory_hostname_short", new StrValue(HostNames.shortName(host.name)));
    List<String> names =
        around.stream().filter(g -> !g.equals(InventoryBuilder.ALL)).sorted().toList();
    magic.put("group_names", ListValue.ofStrings(names));
    Host built = new Host(host.name, host.position, host.file, List.of(), List.of());
    magic.put("inventory_file", text(built.inventoryFile()));
    magic.put("inventory_dir", text(built.inventoryDir()));
    return magic;
  }

  private static Value text(Optional<String> text) {
    return text.<Value>map(StrValue::new).orElse(NullValue.NULL);
  }
}
