package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code add_host}: a host for the plays to come. */
final class AddHostAction implements EngineAction<AddHostAction.Options> {
  private static final Pattern PORT = Pattern.compile("([^:]+):(\\d+)");

  /** What a task gives; all else are variables of the host. */
  record Options(
      @Option(
              value = "The name of the host, or its address; 'name:port' sets ansible_ssh_port.",
              aliases = {"host", "hostname"},
              required = true)
          String name,
      @Option(
              value = "The groups that it is to be in; they are made where they do not exist.",
              aliases = {"group", "groupname"})
          Optional<Value> groups,
      @Option(value = "Variables of the host.", rest = true) Map<String, Value> variables) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of(
        "add_host",
        "Adds a host, and variables of it, to the inventory of this run",
        Options.class);
  }

  @Override
  public boolean once() {
    return true;
  }

  @Override
  public Outcome act(Options options, At at) throws ModuleException {
    Map<String, Value> variables = new LinkedHashMap<>(options.variables());
    String name = options.name().strip();
    java.util.regex.Matcher port = PORT.matcher(name);
    if (port.matches()) {
      name = port.group(1);
      variables.put("ansible_ssh_port", Value.of(Long.parseLong(port.group(2))));
    }
    if (name.isEmpty()) {
      throw new ModuleException("add_host needs the name of a host");
    }
    List<String> groups = groups(options.groups());
    String hostName = name;
    Inventory now = at.play().run().inventory();
    boolean changed = now.withHost(name, groups, variables) != now;
    MapValue info = MapValue.empty();
    info.put("host_name", Value.of(name));
    info.put("groups", ListValue.ofStrings(groups));
    info.put("host_vars", MapValue.ofStrings(variables));
    MapValue result = MapValue.empty().put("changed", BoolValue.of(changed)).put("add_host", info);
    return new Outcome(
        result, List.of(run -> run.changeInventory(i -> i.withHost(hostName, groups, variables))));
  }

  private static List<String> groups(Optional<Value> given) throws ModuleException {
    List<String> groups = new ArrayList<>();
    if (given.isEmpty()) {
      return groups;
    }
    List<String> texts = new ArrayList<>();
    if (given.get() instanceof ListValue list) {
      list.items().forEach(item -> texts.add(Python.str(item)));
    } else {
      texts.addAll(List.of(Python.str(given.get()).split(",")));
    }
    for (String text : texts) {
      if (!text.isBlank()) {
        groups.add(text.strip());
      }
    }
    return groups;
  }
}
