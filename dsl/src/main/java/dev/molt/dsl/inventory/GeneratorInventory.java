package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.MappingNode.Entry;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.NodeValues;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Makes a host for each combination of the values of some layers, and groups around it. */
final class GeneratorInventory {
  private final InventoryBuilder builder;
  private final Templar templar;
  private final PluginOptions options;

  GeneratorInventory(MappingNode root, InventoryBuilder builder, Templar templar) {
    this.builder = builder;
    this.templar = templar;
    this.options = new PluginOptions(root, "a generator inventory");
  }

  void read() {
    options.check(List.of("plugin", "hosts", "layers"), builder.problems);
    PluginOptions hosts = within("hosts", "the hosts of a generator inventory");
    hosts.check(List.of("name", "parents"), builder.problems);
    ScalarNode name = hosts.required("name");
    for (Map<String, Value> values : combinations()) {
      Variables variables = new Variables(templar, List.of(Layer.ofValues("layers", values)));
      String host = text(name, variables);
      builder.host(host, Optional.of(name.position()));
      parents(hosts, variables, (group, position) -> builder.addHost(group, host));
    }
  }

  private PluginOptions within(String key, String what) {
    Node node =
        options
            .node(key)
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            options.position(), "'" + key + "' is missing in a generator inventory")
                        .asException());
    return new PluginOptions(Nodes.requireMapping(node, what), what);
  }

  /** The values of the last layer vary fastest. */
  private List<Map<String, Value>> combinations() {
    List<Map<String, Value>> all = List.of(Map.of());
    for (Entry layer : within("layers", "the layers").mapping().entries()) {
      List<Node> values =
          Nodes.requireSequence(layer.value(), "the layer '" + layer.key().text() + "'").items();
      if ((long) all.size() * values.size() > HostRange.MAX_HOSTS) {
        throw Diagnostic.error(
                layer.key().position(),
                "the layers make more than " + HostRange.MAX_HOSTS + " hosts")
            .asException();
      }
      List<Map<String, Value>> more = new ArrayList<>();
      for (Map<String, Value> before : all) {
        for (Node value : values) {
          Map<String, Value> next = new LinkedHashMap<>(before);
          next.put(layer.key().text(), NodeValues.plain(value));
          more.add(next);
        }
      }
      all = more;
    }
    return all;
  }

  private void parents(
      PluginOptions child, Variables variables, BiConsumer<String, Position> joining) {
    for (Node item : child.items("parents")) {
      PluginOptions parent = new PluginOptions(Nodes.requireMapping(item, "a parent"), "a parent");
      parent.check(List.of("name", "parents", "vars"), builder.problems);
      ScalarNode name = parent.required("name");
      String group = builder.group(text(name, variables), Optional.of(name.position())).name;
      for (Entry entry : parent.entries("vars")) {
        Value value = templar.resolve(entry.value(), variables);
        Node fixed = NodeValues.fixed(value, entry.value().position());
        builder.defineForGroup(group, name.position().source(), entry.key().text(), fixed);
      }
      joining.accept(group, name.position());
      parents(
          parent,
          variables,
          (around, position) -> builder.addChild(around, group, Optional.of(position)));
    }
  }

  private String text(ScalarNode name, Variables variables) {
    String text = Python.str(templar.resolve(name, variables));
    if (text.isEmpty()) {
      throw Diagnostic.error(name.position(), "this name comes to nothing").asException();
    }
    return text;
  }
}
