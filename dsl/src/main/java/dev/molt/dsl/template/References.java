package dev.molt.dsl.template;

import dev.molt.dsl.source.Position;
import java.util.Map;
import java.util.Set;

/**
 * What a template refers to.
 *
 * @param names the variables it reads and does not set itself, each with the place of its first use
 * @param optional those of them that are only used where being undefined is no mistake: under
 *     {@code default} or {@code is defined}
 */
public record References(Map<String, Position> names, Set<String> optional) {
  public References {
    names = Map.copyOf(names);
    optional = Set.copyOf(optional);
  }
}
