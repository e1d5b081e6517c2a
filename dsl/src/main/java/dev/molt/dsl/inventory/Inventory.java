package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts that there are, their groups and variables. Immutable and thread-safe; adding a host or
 * group during a run gives another inventory.
 */
public final class Inventory {
  /** The names that mean the machine that Molt runs on where the inventory does not define them. */
  static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "::1");

  private final InventoryBuilder origin;
  private final Map<String, Host> hosts;
  private final Map<String, Group> groups;
  private final List<String> sources;
  private final List<Diagnostic> warnings;

  Inventory(
      InventoryBuilder origin,
      Map<String, Host> hosts,
      Map<String, Group> groups,
      List<String> sources,
      List<Diagnostic> warnings) {
    this.origin = origin;
    this.hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    this.groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    this.sources = List.copyOf(sources);
    this.warnings = List.copyOf(warnings);
  }

  /** Without hosts; an implicit localhost is all that it gives. */
  public static Inventory empty() {
    return new InventoryBuilder().build();
  }

  /** All hosts in the order of the group {@code all}. */
  public List<Host> hosts() {
    return List.copyOf(hosts.values());
  }

  /** A host that the inventory defines. */
  public Optional<Host> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  /**
   * A host that the inventory defines, or else, for a name such as {@code localhost}, an implicit
   * one: connected to without SSH, in no group, with the variables of {@code all} and its
   * host_vars.
   */
  public Optional<Host> hostOrLocal(String name) {
    Host host = hosts.get(name);
    return host == null && LOCAL_NAMES.contains(name)
        ? Optional.of(origin.implicitLocal(name))
        : Optional.ofNullable(host);
  }

  /** All groups by name, {@code all} and {@code ungrouped} among them. */
  public Map<String, Group> groups() {
    return groups;
  }

  public Optional<Group> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** The hosts of a group; none for a name that is no group. */
  public List<Host> hostsOf(String group) {
    return group(group).map(g -> g.hosts().stream().map(hosts::get).toList()).orElse(List.of());
  }

  /** What was asked to be loaded, for messages. */
  public List<String> sources() {
    return sources;
  }

  /** What looks wrong without being an error. */
  public List<Diagnostic> warnings() {
    return warnings;
  }

  /**
   * The same with a host in it that is in these groups as well, which are made where they do not
   * exist. The host and the groups may be new or known.
   */
  public Inventory withHost(String name, Collection<String> inGroups) {
    InventoryBuilder builder = new InventoryBuilder(origin);
    builder.host(name, Optional.empty());
    for (String group : inGroups) {
      builder.group(group, Optional.empty());
      builder.addHost(group, name);
    }
    return builder.build();
  }

  /** The same with a group in it that lies within other groups, made where they do not exist. */
  public Inventory withGroup(String name, Collection<String> parents) {
    InventoryBuilder builder = new InventoryBuilder(origin);
    builder.group(name, Optional.empty());
    for (String parent : parents) {
      builder.group(parent, Optional.empty());
      builder.addChild(parent, name, Optional.empty());
    }
    return builder.build();
  }
}
