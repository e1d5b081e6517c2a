package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.playbook.Role;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The variables that every task finds set (Ansible's page "Special Variables"). Each is worked out
 * when it is asked for: few tasks ask for any.
 */
final class MagicVariables {
  /** The ansible-core whose language this is. */
  private static final MapValue VERSION =
      MapValue.empty()
          .put("full", new StrValue("2.19.0"))
          .put("major", Value.of(2))
          .put("minor", Value.of(19))
          .put("revision", Value.of(0))
          .put("string", new StrValue("2.19.0"));

  private static final Map<String, Function<Asked, Value>> TABLE = table();

  /** Who asks, and where. */
  private record Asked(PlayContext play, HostRun host, Frame frame, Supplier<Variables> self) {
    RunContext run() {
      return play.run();
    }

    RunOptions options() {
      return run().options();
    }
  }

  private MagicVariables() {}

  /** Those of a host at a task; {@code self} are all its variables, these among them. */
  static Layer of(PlayContext play, HostRun host, Frame frame, Supplier<Variables> self) {
    Asked asked = new Asked(play, host, frame, self);
    return Layer.ofValues(
        "magic variables",
        new AbstractMap<>() {
          @Override
          public Value get(Object name) {
            Function<Asked, Value> known = TABLE.get(name);
            return known == null ? null : known.apply(asked);
          }

          @Override
          public Set<Map.Entry<String, Value>> entrySet() {
            Map<String, Value> all = new LinkedHashMap<>();
            TABLE.forEach(
                (name, value) -> {
                  Value made = value.apply(asked);
                  if (made != null) {
                    all.put(name, made);
                  }
                });
            return all.entrySet();
          }
        });
  }

  /** What everything else is stronger than: how a host is reached where nobody says so. */
  static Layer connection(RunContext run, HostRun host) {
    Value address = new StrValue(host.name());
    Map<String, Value> vars = new LinkedHashMap<>();
    vars.put("ansible_host", address);
    vars.put("ansible_ssh_host", address);
    boolean implicit = run.inventory().host(host.name()).isEmpty();
    if (implicit && run.inventory().hostOrLocal(host.name()).isPresent()) {
      vars.put("ansible_connection", new StrValue("local"));
      Value python = python();
      if (python != null) {
        vars.put("ansible_python_interpreter", python);
      }
    }
    return Layer.ofValues("connection", vars);
  }

  /** The names that there can be. */
  static Set<String> names() {
    return TABLE.keySet();
  }

  private static Map<String, Function<Asked, Value>> table() {
    Map<String, Function<Asked, Value>> table = new LinkedHashMap<>();
    aboutHost(table);
    aboutRun(table);
    aboutPlay(table);
    aboutRole(table);
    return table;
  }

  private static void aboutHost(Map<String, Function<Asked, Value>> table) {
    table.put("inventory_hostname", a -> new StrValue(a.host().name()));
    table.put("inventory_hostname_short", a -> new StrValue(shortName(a.host().name())));
    table.put(
        "group_names",
        a -> ListValue.ofStrings(InventoryLayers.groupNames(a.run().inventory(), a.host().name())));
    table.put("groups", a -> InventoryLayers.groups(a.run().inventory()));
    table.put(
        "hostvars",
        a ->
            new MapValue(
                new LazyMap(
                    () -> InventoryLayers.hostNames(a.run().inventory()), n -> hostvars(a, n))));
    table.put(
        "vars",
        a ->
            new MapValue(
                new LazyMap(() -> values(a.self().get()), n -> orNull(a.self().get(), n))));
    table.put("inventory_dir", a -> file(a, Host::inventoryDir));
    table.put("inventory_file", a -> file(a, Host::inventoryFile));
  }

  private static String shortName(String name) {
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** None for a host that stands in no file, undefined for the implicit localhost. */
  private static Value file(Asked asked, Function<Host, Optional<String>> of) {
    return asked
        .run()
        .inventory()
        .host(asked.host().name())
        .map(host -> of.apply(host).<Value>map(StrValue::new).orElse(NullValue.NULL))
        .orElse(null);
  }

  private static void aboutRun(Map<String, Function<Asked, Value>> table) {
    table.put("omit", a -> OmitValue.OMIT);
    table.put("ansible_check_mode", a -> Value.of(a.options().check()));
    table.put("ansible_diff_mode", a -> Value.of(a.options().diff()));
    table.put("ansible_forks", a -> Value.of(a.options().forks()));
    table.put("ansible_verbosity", a -> Value.of(a.options().verbosity()));
    table.put("ansible_version", a -> VERSION);
    table.put("ansible_playbook_python", a -> python());
    table.put(
        "ansible_config_file",
        a -> a.options().settings().file().map(f -> new StrValue(f.toString())).orElse(null));
    table.put("ansible_run_tags", a -> strings(a.options().tags().only()));
    table.put("ansible_skip_tags", a -> strings(a.options().tags().skip()));
    table.put(
        "ansible_inventory_sources",
        a ->
            strings(
                a.run().inventory().sources().stream()
                    .map(s -> s.contains(",") ? s : Path.of(s).toAbsolutePath().toString())
                    .toList()));
    table.put("ansible_limit", a -> a.options().limit().map(StrValue::new).orElse(null));
  }

  /** Molt runs on none; playbooks ask for one to run scripts of their own with. */
  private static Value python() {
    Path usual = Path.of("/usr/bin/python3");
    return Files.isExecutable(usual) ? new StrValue(usual.toString()) : null;
  }

  private static void aboutPlay(Map<String, Function<Asked, Value>> table) {
    table.put("playbook_dir", a -> new StrValue(a.play().directory().toString()));
    table.put("ansible_play_name", a -> new StrValue(a.play().name()));
    table.put("ansible_play_hosts_all", a -> names(a.play().allHosts()));
    table.put("ansible_play_hosts", a -> names(left(a.play().allHosts())));
    table.put("ansible_play_batch", a -> names(left(a.play().batch())));
    table.put("play_hosts", a -> names(left(a.play().batch())));
    table.put("role_names", a -> strings(ownRoles(a)));
    table.put("ansible_play_role_names", a -> strings(ownRoles(a)));
    table.put("ansible_dependent_role_names", a -> strings(dependencies(a)));
    table.put(
        "ansible_role_names",
        a -> {
          Set<String> all = dependencies(a);
          all.addAll(ownRoles(a));
          return strings(all);
        });
    table.put(
        "ansible_search_path",
        a -> strings(SearchFolders.of(a.play(), a.frame()).stream().map(Path::toString).toList()));
  }

  private static Set<String> ownRoles(Asked asked) {
    Set<String> names = new LinkedHashSet<>();
    asked.play().roles().forEach(r -> names.add(r.name()));
    return names;
  }

  private static Set<String> dependencies(Asked asked) {
    Set<String> names = new LinkedHashSet<>();
    asked.play().roles().forEach(r -> r.dependencies().forEach(d -> names.add(d.name())));
    return names;
  }

  private static void aboutRole(Map<String, Function<Asked, Value>> table) {
    table.put("role_name", a -> ofRole(a, Role::shortName));
    table.put("role_path", a -> ofRole(a, r -> r.directory().toString()));
    table.put("ansible_role_name", a -> ofRole(a, Role::name));
    table.put("ansible_parent_role_names", a -> ofParents(a, Role::name));
    table.put("ansible_parent_role_paths", a -> ofParents(a, r -> r.directory().toString()));
  }

  private static Value ofRole(Asked asked, Function<Role, String> what) {
    return asked.frame().nearestRole().map(r -> new StrValue(what.apply(r))).orElse(null);
  }

  private static Value ofParents(Asked asked, Function<Role, String> what) {
    List<Role> roles = asked.frame().roles();
    return roles.size() < 2
        ? null
        : strings(roles.subList(1, roles.size()).stream().map(what).toList());
  }

  private static Value hostvars(Asked asked, String name) {
    if (asked.run().inventory().hostOrLocal(name).isEmpty()) {
      return null;
    }
    Variables other = asked.play().hostVariables(asked.run().host(name));
    return new MapValue(new LazyMap(() -> values(other), n -> orNull(other, n)));
  }

  /** All names but those of what is no value and what holds the whole again, without end. */
  private static Collection<String> values(Variables variables) {
    Collection<String> names = new LinkedHashSet<>(variables.names());
    names.removeAll(Set.of("omit", "vars", "hostvars"));
    return names;
  }

  private static Value orNull(Variables variables, String name) {
    Value value = variables.peek(name);
    return value instanceof UndefinedValue undefined
            && !undefined.unknown()
            && undefined.problem() == null
        ? null
        : value;
  }

  private static List<HostRun> left(List<HostRun> hosts) {
    return hosts.stream().filter(h -> !h.out()).toList();
  }

  private static ListValue names(Collection<HostRun> hosts) {
    return strings(hosts.stream().map(HostRun::name).toList());
  }

  private static ListValue strings(Collection<String> texts) {
    return ListValue.ofStrings(List.copyOf(texts));
  }
}
