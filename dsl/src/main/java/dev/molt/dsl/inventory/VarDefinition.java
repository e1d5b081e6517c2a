package dev.molt.dsl.inventory;

import dev.molt.dsl.yaml.Node;

/** A variable as it was written: not evaluated yet. Immutable. */
public record VarDefinition(String name, Node value, Origin origin) {}
