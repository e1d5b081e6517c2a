package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.LoopItems;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The loop of a task: its items, and what {@code loop_control} says of them. */
final class Loop {
  private final Templar templar;
  private final Frame frame;
  private Optional<MappingNode> control = Optional.empty();

  /**
   * One round.
   *
   * @param values the variables that it sets: the item under its name, its index and so on
   */
  record Item(Value item, Map<String, Value> values) {
    Layer layer() {
      return Layer.ofValues("loop", values);
    }
  }

  Loop(PlayContext play, Frame frame) {
    this.templar = play.run().templar();
    this.frame = frame;
  }

  /** All rounds; empty for a task without a loop. */
  Optional<List<Item>> items(Variables variables) {
    Optional<List<Value>> values = values(variables);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    control =
        frame.keywords().get("loop_control").map(n -> TaskKeywords.mapping(n, "loop_control"));
    String name = text("loop_var", variables).orElse("item");
    Optional<String> index = text("index_var", variables);
    boolean extended = flag("extended", variables, false);
    boolean allItems = flag("extended_allitems", variables, true);
    List<Item> items = new ArrayList<>();
    List<Value> all = values.get();
    for (int i = 0; i < all.size(); i++) {
      Map<String, Value> set = new LinkedHashMap<>();
      set.put(name, all.get(i));
      set.put("ansible_loop_var", new StrValue(name));
      if (index.isPresent()) {
        set.put(index.get(), IntValue.of(i));
        set.put("ansible_index_var", new StrValue(index.get()));
      }
      if (extended) {
        set.put("ansible_loop", extended(all, i, allItems));
      }
      items.add(new Item(all.get(i), set));
    }
    return Optional.of(items);
  }

  private static MapValue extended(List<Value> all, int at, boolean allItems) {
    int count = all.size();
    MapValue loop = MapValue.empty();
    if (allItems) {
      loop.put("allitems", ListValue.of(all));
    }
    loop.put("index", IntValue.of(at + 1)).put("index0", IntValue.of(at));
    loop.put("first", BoolValue.of(at == 0)).put("last", BoolValue.of(at + 1 == count));
    loop.put("length", IntValue.of(count));
    loop.put("revindex", IntValue.of(count - at)).put("revindex0", IntValue.of(count - at - 1));
    if (at + 1 < count) {
      loop.put("nextitem", all.get(at + 1));
    }
    if (at > 0) {
      loop.put("previtem", all.get(at - 1));
    }
    return loop;
  }

  private Optional<List<Value>> values(Variables variables) {
    Optional<Node> loop = frame.keywords().get("loop");
    if (loop.isPresent()) {
      return Optional.of(list(loop.get(), variables));
    }
    for (MappingNode.Entry entry : frame.keywords().entries().values()) {
      String key = entry.key().text();
      if (key.startsWith("with_")) {
        return Optional.of(LoopItems.of(key, entry.value(), templar, variables));
      }
    }
    return Optional.empty();
  }

  private List<Value> list(Node node, Variables variables) {
    Value value = templar.resolve(node, variables);
    if (value instanceof ListValue list) {
      return List.copyOf(list.items());
    }
    throw Diagnostic.error(
            node.position(),
            "Invalid data passed to 'loop', it requires a list, got this instead: "
                + Python.repr(value))
        .withHint(
            value instanceof MapValue
                ? "to go over a mapping, write: loop: \"{{ x | dict2items }}\""
                : "write the items as a list, or give the name of one as \"{{ name }}\"")
        .asException();
  }

  /** How long to wait between rounds, in seconds. */
  double pause(Variables variables) {
    Optional<Node> node = control.flatMap(c -> c.get("pause"));
    if (node.isEmpty()) {
      return 0;
    }
    String text = Python.str(templar.resolve(node.get(), variables));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Diagnostic.error(
              node.get().position(), "pause is a number of seconds, found '" + text + "'")
          .asException();
    }
  }

  /** Whether {@code break_when} says that no more rounds are to come. */
  boolean breaks(Variables variables) {
    Optional<Node> node = control.flatMap(c -> c.get("break_when"));
    return node.isPresent() && templar.holds(node.get(), variables);
  }

  /** What to call an item where its result is shown. */
  String label(Item item, Variables variables) {
    Optional<Node> node = control.flatMap(c -> c.get("label"));
    if (node.isPresent()) {
      try {
        return Python.str(templar.resolve(node.get(), variables));
      } catch (DiagnosticException e) {
        return node.get() instanceof ScalarNode text ? text.text() : "";
      }
    }
    return item.item() instanceof NullValue ? "None" : Python.str(item.item());
  }

  private Optional<String> text(String option, Variables variables) {
    return control.flatMap(c -> c.get(option)).map(n -> Python.str(templar.resolve(n, variables)));
  }

  private boolean flag(String option, Variables variables, boolean otherwise) {
    return control
        .flatMap(c -> c.get(option))
        .map(n -> Truth.of(templar.resolve(n, variables)))
        .orElse(otherwise);
  }

  /** Whether a variable of the loop's name exists already, and would be hidden by it. */
  Optional<String> hides(Variables variables) {
    String name = text("loop_var", variables).orElse("item");
    return variables.layerOf(name).isPresent() ? Optional.of(name) : Optional.empty();
  }
}
