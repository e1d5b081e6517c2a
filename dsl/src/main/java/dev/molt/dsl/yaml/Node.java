package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Position;

/**
 * What the user wrote, still to be evaluated: its texts may hold templates. Immutable and
 * thread-safe. See {@link dev.molt.dsl.value.Value} for the other side.
 */
public sealed interface Node permits ScalarNode, SequenceNode, MappingNode {
  /** Where it begins. */
  Position position();

  /** What it is, for error messages: {@code a list}, {@code a mapping}, {@code a string}... */
  String kind();
}
