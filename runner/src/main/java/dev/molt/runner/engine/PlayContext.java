package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.runner.engine.HostRun.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One batch of one play, and the variables that its hosts see: Ansible's order of precedence, for
 * the kinds of variables that there are here.
 *
 * @param allHosts the hosts of the play
 * @param batch the hosts of this batch
 * @param files the play's {@code vars_files}
 */
record PlayContext(
    RunContext run,
    Play play,
    String name,
    List<HostRun> allHosts,
    List<HostRun> batch,
    VarsFiles files) {

  Frame frame() {
    return new Frame(play.keywords(), null);
  }

  Path directory() {
    Path parent = play.file().toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  /** The variables of a host at a task; {@code frame} may be the play's own. */
  Variables variables(HostRun host, Frame frame) {
    return variables(host, frame, files.of(host.name(), () -> variables(host, frame(), List.of())));
  }

  private Variables variables(HostRun host, Frame frame, List<Layer> fileVars) {
    List<Layer> layers = new ArrayList<>();
    Variables[] self = new Variables[1];
    layers.add(Layer.ofValues("magic variables", magic(host, () -> self[0])));
    layers.addAll(run.options().extraVars());
    layers.add(Layer.ofValues("set_fact and register", host.facts()));
    for (MappingNode vars : frame.vars()) {
      layers.add(Layer.ofNodes("task and block vars", vars));
    }
    layers.addAll(fileVars);
    play.keywords()
        .get("vars")
        .filter(MappingNode.class::isInstance)
        .ifPresent(v -> layers.add(Layer.ofNodes("play vars", (MappingNode) v)));
    layers.addAll(InventoryLayers.of(run.inventory(), host.name()));
    self[0] = new Variables(run.templar(), layers);
    return self[0];
  }

  private Map<String, Value> magic(HostRun host, java.util.function.Supplier<Variables> self) {
    Inventory inventory = run.inventory();
    Map<String, Value> magic = new LinkedHashMap<>();
    String hostName = host.name();
    int dot = hostName.indexOf('.');
    magic.put("inventory_hostname", new StrValue(hostName));
    magic.put(
        "inventory_hostname_short", new StrValue(dot > 0 ? hostName.substring(0, dot) : hostName));
    magic.put("group_names", ListValue.ofStrings(InventoryLayers.groupNames(inventory, hostName)));
    magic.put("groups", InventoryLayers.groups(inventory));
    magic.put(
        "hostvars",
        new MapValue(
            new LazyMap(() -> InventoryLayers.hostNames(inventory), n -> hostvars(inventory, n))));
    magic.put(
        "vars", new MapValue(new LazyMap(() -> self.get().names(), n -> orNull(self.get(), n))));
    magic.put("playbook_dir", new StrValue(directory().normalize().toString()));
    InventoryLayers.directory(inventory)
        .ifPresent(d -> magic.put("inventory_dir", new StrValue(d.toString())));
    magic.put("ansible_check_mode", Value.of(run.options().check()));
    magic.put("ansible_diff_mode", Value.of(run.options().diff()));
    magic.put("ansible_forks", Value.of(run.options().forks()));
    magic.put("ansible_verbosity", Value.of(run.options().verbosity()));
    magic.put("ansible_play_name", new StrValue(name));
    magic.put("ansible_play_hosts_all", names(allHosts));
    magic.put("ansible_play_batch", names(batch.stream().filter(PlayContext::inPlay).toList()));
    magic.put("ansible_play_hosts", names(allHosts.stream().filter(PlayContext::inPlay).toList()));
    magic.put("omit", OmitValue.OMIT);
    host.failure().ifPresent(f -> magic.putAll(failed(f)));
    return magic;
  }

  private static boolean inPlay(HostRun host) {
    return host.state() == HostRun.State.ACTIVE || host.state() == HostRun.State.ENDED;
  }

  private static Map<String, Value> failed(Failure failure) {
    return Map.of(
        "ansible_failed_task",
        MapValue.empty()
            .put("name", new StrValue(failure.task()))
            .put("action", new StrValue(failure.action())),
        "ansible_failed_result",
        failure.result());
  }

  private Value hostvars(Inventory inventory, String name) {
    if (!InventoryLayers.hostNames(inventory).contains(name)) {
      return null;
    }
    Variables other = variables(run.host(name), frame());
    return new MapValue(new LazyMap(other::names, n -> orNull(other, n)));
  }

  private static Value orNull(Variables variables, String name) {
    Value value = variables.lookup(name);
    return value instanceof UndefinedValue undefined && !undefined.unknown() ? null : value;
  }

  private static ListValue names(Collection<HostRun> hosts) {
    return ListValue.ofStrings(hosts.stream().map(HostRun::name).toList());
  }
}
