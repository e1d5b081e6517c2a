package dev.molt.dsl.vars;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables that one host sees at one moment. Of several layers that define a name the first
 * wins. A variable that is made of others is evaluated when it is first used, once. Not
 * thread-safe: each task on each host has its own.
 */
public final class Variables implements Scope {
  private final Templar templar;
  private final List<Layer> layers;
  private final boolean merge;
  private final Map<String, Value> evaluated = new HashMap<>();
  private final LinkedHashMap<String, Node> underWay = new LinkedHashMap<>();

  /**
   * Variables from these layers.
   *
   * @param layers strongest first
   */
  public Variables(Templar templar, List<Layer> layers) {
    this(templar, layers, false);
  }

  /**
   * Variables from these layers.
   *
   * @param layers strongest first
   * @param merge whether mappings of one name add up over the layers, key by key
   */
  public Variables(Templar templar, List<Layer> layers, boolean merge) {
    this.templar = templar;
    this.layers = List.copyOf(layers);
    this.merge = merge;
  }

  /** The same with one more layer, stronger than all. */
  public Variables with(Layer strongest) {
    List<Layer> more = new ArrayList<>();
    more.add(strongest);
    more.addAll(layers);
    return new Variables(templar, more, merge);
  }

  /** The same with more layers, weaker than all; the first of them is the strongest. */
  public Variables below(List<Layer> weakest) {
    List<Layer> more = new ArrayList<>(layers);
    more.addAll(weakest);
    return new Variables(templar, more, merge);
  }

  /** The same with nothing evaluated yet: after something has changed that layers show. */
  public Variables fresh() {
    return new Variables(templar, layers, merge);
  }

  @Override
  public Value lookup(String name) {
    Value known = evaluated.get(name);
    if (known != null) {
      return known;
    }
    if (merge) {
      return merged(name);
    }
    for (Layer layer : layers) {
      Optional<Value> value = layer.value(name);
      if (value.isPresent()) {
        return value.get();
      }
      Optional<Node> node = layer.node(name);
      if (node.isPresent()) {
        return evaluate(name, node.get());
      }
    }
    return UndefinedValue.name(name);
  }

  /**
   * The value of a name, undefined also where its definition uses something undefined: what a
   * template must see where it looks into another host's variables.
   */
  public Value peek(String name) {
    try {
      return lookup(name);
    } catch (UndefinedException e) {
      return UndefinedValue.because(e.diagnostics().get(0).message(), e.unknown(), name, () -> e);
    }
  }

  private Value merged(String name) {
    Value all = null;
    for (Layer layer : layers) {
      Value value =
          layer.value(name).or(() -> layer.node(name).map(n -> evaluate(name, n))).orElse(null);
      if (value != null) {
        all = all == null ? value : merge(value, all);
        if (!(value instanceof MapValue)) {
          break;
        }
      }
    }
    if (all == null) {
      return UndefinedValue.name(name);
    }
    evaluated.put(name, all);
    return all;
  }

  private static Value merge(Value weaker, Value stronger) {
    if (!(weaker instanceof MapValue a) || !(stronger instanceof MapValue b)) {
      return stronger;
    }
    MapValue both = MapValue.empty();
    both.entries().putAll(a.entries());
    b.entries().forEach((k, v) -> both.entries().merge(k, v, Variables::merge));
    return both;
  }

  private Value evaluate(String name, Node node) {
    if (underWay.containsKey(name)) {
      List<String> chain = new ArrayList<>(underWay.keySet());
      chain = chain.subList(chain.indexOf(name), chain.size());
      throw Diagnostic.error(
              node.position(),
              "the variable '"
                  + name
                  + "' is made of itself: "
                  + String.join(" -> ", chain)
                  + " -> "
                  + name)
          .withHint("give one of them another name")
          .asException();
    }
    underWay.put(name, node);
    try {
      Value value = templar.define(node, this);
      evaluated.put(name, value);
      return value;
    } finally {
      underWay.remove(name);
    }
  }

  /** Which layer a name comes from. */
  public Optional<Layer> layerOf(String name) {
    return layers.stream().filter(l -> l.names().contains(name)).findFirst();
  }

  @Override
  public Collection<String> names() {
    Set<String> names = new LinkedHashSet<>();
    layers.forEach(l -> names.addAll(l.names()));
    return names;
  }
}
