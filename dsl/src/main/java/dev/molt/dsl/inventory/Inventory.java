package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.NodeValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The hosts that there are, their groups and variables. Immutable and thread-safe; adding a host or
 * group during a run gives another inventory, which shares with this one what has not changed. The
 * methods that do so give this very inventory back where nothing would be different.
 */
public final class Inventory {
  /** The names that mean the machine that Molt runs on where the inventory does not define them. */
  static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "::1");

  /** Where the variables of added hosts stand: nobody wrote them down. */
  private static final Source ADDED = Source.inline("add_host", "");

  private final InventoryBuilder draft;
  private final HostAssembly assembly;
  private final Map<String, Host> built;
  private final Map<String, Host> local = new ConcurrentHashMap<>();
  private final List<Diagnostic> warnings;
  private final Growth growth;
  private volatile Map<String, Group> groups;
  private volatile List<Host> hosts;

  private Inventory(
      InventoryBuilder draft,
      HostAssembly assembly,
      Map<String, Host> built,
      List<Diagnostic> warnings,
      Growth growth) {
    this.draft = draft;
    this.assembly = assembly;
    this.built = built;
    this.warnings = List.copyOf(warnings);
    this.growth = growth;
  }

  /** Makes the inventory of all that was gathered. */
  static Inventory of(InventoryBuilder draft) {
    draft.problems.throwIfErrors();
    HostAssembly assembly = new HostAssembly(draft);
    Map<String, Host> built = new LinkedHashMap<>();
    Diagnostics problems = new Diagnostics();
    draft.hosts.values().forEach(h -> built.put(h.name, assembly.host(h, problems)));
    problems.throwIfErrors();
    List<Diagnostic> warnings = InventoryWarnings.of(draft);
    return new Inventory(draft, assembly, built, warnings, Growth.NONE);
  }

  /** The same, which knows how to be loaded anew. */
  Inventory reloadedBy(Growth.Reload reload) {
    return new Inventory(draft, assembly, built, warnings, new Growth(reload, null, null));
  }

  /** Without hosts; an implicit localhost is all that it gives. */
  public static Inventory empty() {
    return new InventoryBuilder().build();
  }

  /** All hosts in the order of the group {@code all}. */
  public List<Host> hosts() {
    List<Host> known = hosts;
    if (known == null) {
      known = members(InventoryBuilder.ALL).stream().map(built::get).toList();
      hosts = known;
    }
    return known;
  }

  /** A host that the inventory defines. */
  public Optional<Host> host(String name) {
    HostDraft host = draft.hosts.get(name);
    return host == null || host.implicit ? Optional.empty() : Optional.of(built.get(name));
  }

  /**
   * A host that the inventory defines, or else, for a name such as {@code localhost}, the one by
   * another such name that it defines, or else an implicit one: connected to without SSH, in no
   * group but those that it was put into during the run, with the variables of {@code all} and its
   * host_vars.
   */
  public Optional<Host> hostOrLocal(String name) {
    Host host = built.get(name);
    if (host != null || !LOCAL_NAMES.contains(name)) {
      return Optional.ofNullable(host);
    }
    return Optional.of(local.computeIfAbsent(name, this::local));
  }

  private Host local(String name) {
    return LOCAL_NAMES.stream()
        .sorted(Collections.reverseOrder())
        .filter(built::containsKey)
        .findFirst()
        .map(built::get)
        .orElseGet(() -> assembly.implicitLocal(name));
  }

  /** All groups by name, {@code all} and {@code ungrouped} among them. */
  public Map<String, Group> groups() {
    Map<String, Group> known = groups;
    if (known == null) {
      Map<String, Group> made = new LinkedHashMap<>();
      GroupTree tree = assembly.tree();
      draft.groups.forEach(
          (name, group) ->
              made.put(
                  name,
                  new Group(
                      group,
                      tree.depth(name),
                      tree.children(name),
                      direct(name),
                      () -> members(name))));
      known = Collections.unmodifiableMap(made);
      groups = known;
    }
    return known;
  }

  private Collection<String> direct(String group) {
    if (!group.equals(InventoryBuilder.UNGROUPED)) {
      return draft.groups.get(group).hosts;
    }
    Set<String> rest = new LinkedHashSet<>(draft.groups.get(group).hosts);
    rest.addAll(draft.hosts.keySet());
    rest.removeIf(h -> draft.hosts.get(h).grouped() || draft.hosts.get(h).implicit);
    return rest;
  }

  /** The hosts of a group, then those of its children, level by level. */
  private Set<String> members(String group) {
    Set<String> found = new LinkedHashSet<>();
    for (String each : assembly.tree().within(group)) {
      found.addAll(direct(each));
    }
    if (group.equals(InventoryBuilder.ALL)) {
      found.removeIf(h -> draft.hosts.get(h).implicit);
    }
    return found;
  }

  public Optional<Group> group(String name) {
    return Optional.ofNullable(groups().get(name));
  }

  /** The hosts of a group; none for a name that is no group. */
  public List<Host> hostsOf(String group) {
    return group(group).map(g -> g.hosts().stream().map(built::get).toList()).orElse(List.of());
  }

  /**
   * What a group itself defines, its {@code group_vars} included, lowest precedence first; nothing
   * for a name that is no group.
   */
  public List<VarSet> varsOf(String group) {
    return draft.groups.containsKey(group)
        ? assembly.vars().ofGroup(group, new Diagnostics())
        : List.of();
  }

  /** What was asked to be loaded, for messages. */
  public List<String> sources() {
    return draft.sources;
  }

  /** What looks wrong without being an error. */
  public List<Diagnostic> warnings() {
    return warnings;
  }

  /** The same with a host in it, without variables of its own. */
  public Inventory withHost(String name, Collection<String> inGroups) {
    return withHost(name, inGroups, Map.of());
  }

  /**
   * The same with a host in it that is in these groups as well, which are made where they do not
   * exist: what {@code add_host} does. The host and the groups may be new or known.
   *
   * @param vars values that are final, as other inventory variables of a host are: {@code
   *     host_vars} win over them
   * @throws dev.molt.dsl.source.DiagnosticException where files of variables are wrong that nothing
   *     needed before
   */
  public Inventory withHost(
      String name, Collection<String> inGroups, Map<String, ? extends Value> vars) {
    InventoryBuilder next = new InventoryBuilder(draft);
    if (host(name).isEmpty()) {
      next.host(name, Optional.empty());
      next.addHost(InventoryBuilder.ALL, name);
    }
    for (String group : inGroups) {
      next.addHost(next.group(group, Optional.empty()).name, name);
    }
    vars.forEach(
        (variable, value) -> {
          if (!next.hosts.get(name).defines(variable, value)) {
            Node fixed = NodeValues.fixed(value, ADDED.at(0, 1));
            next.defineForHost(name, ADDED, variable, fixed);
          }
        });
    Map<String, Value> kept = new LinkedHashMap<>(vars);
    List<String> keptGroups = List.copyOf(inGroups);
    return grown(next, i -> i.withHost(name, keptGroups, kept));
  }

  /**
   * The same with a host in a group, made where it does not exist, and with that group in others:
   * what {@code group_by} does.
   *
   * @param host listed, or a name such as {@code localhost}
   * @throws IllegalArgumentException for another host
   */
  public Inventory withMember(String host, String group, Collection<String> parents) {
    String name = hostOrLocal(host).map(Host::name).orElseThrow(IllegalArgumentException::new);
    InventoryBuilder next = new InventoryBuilder(draft);
    next.implicitHost(name);
    String used = putGroup(next, group, parents);
    if (!groupsOf(name).contains(used)) {
      next.addHost(used, name);
    }
    List<String> kept = List.copyOf(parents);
    return grown(next, i -> i.hostOrLocal(name).isPresent() ? i.withMember(name, group, kept) : i);
  }

  private List<String> groupsOf(String host) {
    Host known = built.get(host);
    return known == null ? List.of() : known.groups();
  }

  /** The same with a group in it that lies within other groups, made where they do not exist. */
  public Inventory withGroup(String name, Collection<String> parents) {
    InventoryBuilder next = new InventoryBuilder(draft);
    putGroup(next, name, parents);
    List<String> kept = List.copyOf(parents);
    return grown(next, i -> i.withGroup(name, kept));
  }

  private static String putGroup(InventoryBuilder next, String group, Collection<String> parents) {
    String used = next.group(group, Optional.empty()).name;
    for (String parent : parents) {
      next.addChild(next.group(parent, Optional.empty()).name, used, Optional.empty());
    }
    next.problems.throwIfErrors();
    return used;
  }

  /**
   * Reads the same sources anew, {@code group_vars} and {@code host_vars} too, and adds what was
   * added to this inventory: what {@code meta: refresh_inventory} does. A host that was put into a
   * group, and is gone, stays away.
   *
   * @throws dev.molt.dsl.source.DiagnosticException for what is wrong in them now
   */
  public Inventory reload() {
    return growth.repeated();
  }

  private Inventory grown(InventoryBuilder next, UnaryOperator<Inventory> step) {
    next.adoptOrphans();
    if (!next.changed()) {
      return this;
    }
    HostAssembly nextAssembly = assembly;
    Set<String> touched = new LinkedHashSet<>(next.touchedHosts());
    if (next.restructured()) {
      nextAssembly = new HostAssembly(next);
      for (String moved : next.movedGroups()) {
        nextAssembly.tree().within(moved).forEach(g -> touched.addAll(next.groups.get(g).hosts));
      }
    }
    Diagnostics problems = new Diagnostics();
    Map<String, Host> hostsNow = new LinkedHashMap<>(built);
    for (String host : touched) {
      hostsNow.put(host, nextAssembly.host(next.hosts.get(host), problems));
    }
    problems.throwIfErrors();
    List<Diagnostic> more = new ArrayList<>(warnings);
    next.names.warning().filter(w -> !more.contains(w)).ifPresent(more::add);
    return new Inventory(next, nextAssembly, hostsNow, more, growth.then(step));
  }
}
