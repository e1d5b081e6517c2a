package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers what the sources say, in their order. A copy shares the drafts of groups and hosts with
 * its original until it changes one, so that adding a host to a thousand others costs little. Not
 * thread-safe; once an inventory was built of it, it is not changed any more.
 */
final class InventoryBuilder {
  static final String ALL = "all";
  static final String UNGROUPED = "ungrouped";
  static final String PRIORITY = "ansible_group_priority";

  final Map<String, GroupDraft> groups;
  final Map<String, HostDraft> hosts;
  final List<VarsDirectory> varsDirectories;
  final List<String> sources;
  final List<Diagnostic> warnings;
  final Diagnostics problems = new Diagnostics();
  final GroupNames names;

  /** Where hosts that are met for the first time come from: a path or a list of names. */
  Optional<String> file = Optional.empty();

  private final Set<String> ownGroups = new HashSet<>();
  private final Set<String> ownHosts = new HashSet<>();
  private final Set<String> touchedHosts = new LinkedHashSet<>();
  private final Set<String> movedGroups = new LinkedHashSet<>();
  private boolean changed;
  private boolean restructured;

  InventoryBuilder() {
    this(new GroupNames(GroupNames.Policy.WARN));
  }

  InventoryBuilder(GroupNames names) {
    this.groups = new LinkedHashMap<>();
    this.hosts = new LinkedHashMap<>();
    this.varsDirectories = new ArrayList<>();
    this.sources = new ArrayList<>();
    this.warnings = new ArrayList<>();
    this.names = names;
    group(ALL, Optional.empty());
    group(UNGROUPED, Optional.empty());
    addChild(ALL, UNGROUPED, Optional.empty());
  }

  /** A copy, to add to. */
  InventoryBuilder(InventoryBuilder other) {
    this(other, new GroupNames(other.names));
  }

  /** A copy that remembers names of groups in {@code names}. */
  InventoryBuilder(InventoryBuilder other, GroupNames names) {
    this.groups = new LinkedHashMap<>(other.groups);
    this.hosts = new LinkedHashMap<>(other.hosts);
    this.varsDirectories = new ArrayList<>(other.varsDirectories);
    this.sources = new ArrayList<>(other.sources);
    this.warnings = new ArrayList<>(other.warnings);
    this.names = names;
  }

  /** A group to change, made where there is none. Its name may differ: {@link GroupNames}. */
  GroupDraft group(String written, Optional<Position> position) {
    String name = names.used(written, position);
    GroupDraft group = groups.get(name);
    if (group == null) {
      group = new GroupDraft(name, position);
      changed = true;
      restructured = true;
    } else if (ownGroups.contains(name)) {
      if (group.position.isEmpty()) {
        group.position = position;
      }
      return group;
    } else {
      group = new GroupDraft(group);
    }
    ownGroups.add(name);
    groups.put(name, group);
    return group;
  }

  /** A host to change, made where there is none; an implicit one becomes one that is listed. */
  HostDraft host(String name, Optional<Position> position) {
    HostDraft host = ownHost(name);
    if (host == null || host.implicit) {
      HostDraft listed = new HostDraft(name, position, false, file);
      if (host != null) {
        listed.memberOf.addAll(host.memberOf);
      }
      host = listed;
      hosts.put(name, host);
      ownHosts.add(name);
      touch(name);
    } else if (host.position.isEmpty()) {
      host.position = position;
    }
    return host;
  }

  /** An implicit host, which is in no list of hosts, only in the groups that it is put into. */
  void implicitHost(String name) {
    if (!hosts.containsKey(name)) {
      hosts.put(name, new HostDraft(name, Optional.empty(), true, Optional.empty()));
      ownHosts.add(name);
      touch(name);
    }
  }

  private HostDraft ownHost(String name) {
    HostDraft host = hosts.get(name);
    if (host != null && ownHosts.add(name)) {
      host = new HostDraft(host);
      hosts.put(name, host);
    }
    return host;
  }

  private void touch(String host) {
    touchedHosts.add(host);
    changed = true;
  }

  /** Puts a known host into a known group. */
  void addHost(String group, String host) {
    if (group(group, Optional.empty()).hosts.add(host)) {
      ownHost(host).memberOf.add(group);
      touch(host);
    }
  }

  /** Puts a known group into another, or reports that this would make a circle. */
  void addChild(String parent, String child, Optional<Position> position) {
    if (groups.get(parent).children.containsKey(child)) {
      return;
    }
    Optional<String> circle = GroupTree.circle(groups, parent, child);
    if (circle.isPresent()) {
      String message = "the group '" + child + "' lies within itself: " + circle.get();
      problems.add(
          position
              .map(p -> Diagnostic.error(p, message))
              .orElseGet(() -> Diagnostic.error(message)));
      return;
    }
    group(parent, Optional.empty()).children.put(child, position);
    group(child, Optional.empty()).parents.add(parent);
    movedGroups.add(child);
    changed = true;
    restructured = true;
  }

  /** Of two definitions in one source the later one counts. */
  void defineForGroup(String group, Source source, String name, Node value) {
    GroupDraft draft = group(group, Optional.empty());
    if (!name.equals(PRIORITY)) {
      draft.vars.computeIfAbsent(source, s -> new LinkedHashMap<>()).put(name, value);
    } else if (value instanceof ScalarNode scalar && scalar.text().matches("[-+]?[0-9]{1,9}")) {
      draft.priority = Integer.parseInt(scalar.text());
    } else {
      problems.add(Diagnostic.error(value.position(), PRIORITY + " has to be an integer"));
    }
  }

  void defineForHost(String host, Source source, String name, Node value) {
    ownHost(host).vars.computeIfAbsent(source, s -> new LinkedHashMap<>()).put(name, value);
    touch(host);
  }

  boolean changed() {
    return changed;
  }

  /** Whether there are other groups, or groups elsewhere, than in what this was copied of. */
  boolean restructured() {
    return restructured;
  }

  /** The hosts that are new or differ in groups or variables. */
  Set<String> touchedHosts() {
    return touchedHosts;
  }

  /** The groups that lie in another group more. */
  Set<String> movedGroups() {
    return movedGroups;
  }

  /** Puts every group that lies in no other into all, as it stays from then on. */
  void adoptOrphans() {
    List<String> orphans = new ArrayList<>();
    groups.forEach(
        (name, group) -> {
          if (group.parents.isEmpty() && !name.equals(ALL)) {
            orphans.add(name);
          }
        });
    orphans.forEach(name -> addChild(ALL, name, Optional.empty()));
  }

  Inventory build() {
    adoptOrphans();
    return Inventory.of(this);
  }
}
