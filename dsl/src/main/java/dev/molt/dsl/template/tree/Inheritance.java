package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.ops.ObjectValue;
import dev.molt.dsl.value.FunctionValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The blocks of a template and of those that it extends. One thread at a time. */
final class Inheritance {
  /** A template that another extends. */
  record Parent(Template template, TextOrigin origin) {}

  private record Block(BlockStmt block, Frame top) {}

  private final Map<String, List<Block>> blocks = new HashMap<>();
  private Parent parent;

  /** Adds the blocks of one more template; those of one that extends it come first. */
  void define(Map<String, BlockStmt> more, Frame top) {
    more.forEach(
        (name, block) ->
            blocks.computeIfAbsent(name, n -> new ArrayList<>()).add(new Block(block, top)));
    if (!more.isEmpty()) {
      top.set("self", new Self(this));
    }
  }

  void extend(Parent newParent) {
    parent = newParent;
  }

  boolean isExtended() {
    return parent != null;
  }

  /** The template that is extended, once. */
  Parent takeParent() {
    Parent taken = parent;
    parent = null;
    return taken;
  }

  /**
   * Prints a block.
   *
   * @param level 0 for the one that counts, 1 for the one that it stands for, and so on
   * @param scoped the frame around the block where it sees that, or null
   * @return whether there is such a block
   */
  boolean print(String name, int level, Frame scoped, Output out) {
    List<Block> all = blocks.getOrDefault(name, List.of());
    if (level >= all.size()) {
      return false;
    }
    Block block = all.get(level);
    Frame inner = (scoped == null ? block.top : scoped).inner();
    inner.set("super", new Super(this, name, level + 1));
    inner.evaluation().enter();
    block.block.body().run(inner, out);
    inner.evaluation().leave();
    return true;
  }

  private record Super(Inheritance of, String block, int level) implements FunctionValue {
    @Override
    public String name() {
      return "super";
    }

    @Override
    public Value call(List<Value> positional, Map<String, Value> named) {
      Output out = new Output();
      if (!of.print(block, level, null, out)) {
        throw new dev.molt.dsl.value.ValueException(
            "there is no parent block called '" + block + "'");
      }
      return out.text();
    }
  }

  private record Self(Inheritance of) implements ObjectValue {
    @Override
    public String name() {
      return "self";
    }

    @Override
    public Collection<String> attributeNames() {
      return of.blocks.keySet();
    }

    @Override
    public Value attribute(String name) {
      return of.blocks.containsKey(name) ? new Super(of, name, 0) : null;
    }
  }
}
