package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.Value;

/** A constant. */
public record Literal(int at, int length, Value value) implements Expr {
  @Override
  public Value eval(Frame frame) {
    return value;
  }

  @Override
  public void check(Checker checker) {}
}
