package dev.molt.dsl.template.tree;

import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Ordering;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** {@code loop} inside of a loop: where it stands. */
final class Loop implements ObjectValue {
  private static final List<String> NAMES =
      List.of(
          "index",
          "index0",
          "revindex",
          "revindex0",
          "first",
          "last",
          "length",
          "previtem",
          "nextitem",
          "depth",
          "depth0",
          "cycle",
          "changed");

  private final ForStmt statement;
  private final Frame frame;
  private final List<Value> items;
  private final int depth;
  private int index;
  private ListValue lastSeen;

  Loop(ForStmt statement, Frame frame, List<Value> items, int depth) {
    this.statement = statement;
    this.frame = frame;
    this.items = items;
    this.depth = depth;
  }

  Loop at(int newIndex) {
    index = newIndex;
    return this;
  }

  @Override
  public String name() {
    return "loop";
  }

  @Override
  public Collection<String> attributeNames() {
    return NAMES;
  }

  @Override
  public Value attribute(String name) {
    return switch (name) {
      case "index" -> IntValue.of(index + 1);
      case "index0" -> IntValue.of(index);
      case "revindex" -> IntValue.of(items.size() - index);
      case "revindex0" -> IntValue.of(items.size() - index - 1);
      case "first" -> BoolValue.of(index == 0);
      case "last" -> BoolValue.of(index == items.size() - 1);
      case "length" -> IntValue.of(items.size());
      case "previtem" ->
          index > 0 ? items.get(index - 1) : UndefinedValue.of("there is no previous item");
      case "nextitem" ->
          index < items.size() - 1
              ? items.get(index + 1)
              : UndefinedValue.of("there is no next item");
      case "depth" -> IntValue.of(depth + 1);
      case "depth0" -> IntValue.of(depth);
      case "cycle", "changed" -> new Method(this, name);
      default -> null;
    };
  }

  /** {@code loop(items)} of a recursive loop: the text of the same loop over others. */
  @Override
  public Value call(List<Value> positional, Map<String, Value> named) {
    if (!statement.recursive()) {
      throw new ValueException("loop can only be called in a loop marked 'recursive'");
    } else if (positional.size() != 1) {
      throw new ValueException("loop() takes the items to go through");
    }
    Output out = new Output();
    int here = index;
    frame.evaluation().enter();
    statement.loop(frame, out, positional.get(0), depth + 1);
    frame.evaluation().leave();
    index = here;
    return out.text();
  }

  private record Method(Loop loop, String name) implements FunctionValue {
    @Override
    public Value call(List<Value> positional, Map<String, Value> named) {
      if (name.equals("changed")) {
        ListValue now = ListValue.of(positional);
        boolean same = loop.lastSeen != null && Ordering.equal(loop.lastSeen, now);
        loop.lastSeen = now;
        return BoolValue.of(!same);
      } else if (positional.isEmpty()) {
        throw new ValueException("loop.cycle() needs items");
      }
      return positional.get(loop.index % positional.size());
    }
  }
}
