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
 * @param asked those that {@code default} or {@code is defined} are used with anywhere in it, so
 *     that other uses may depend on the answer
 * @param sure those that are used whatever the values are: not in a branch, loop or macro
 */
public record References(
    Map<String, Position> names, Set<String> optional, Set<String> asked, Set<String> sure) {
  public References {
    names = Map.copyOf(names);
    optional = Set.copyOf(optional);
    asked = Set.copyOf(asked);
    sure = Set.copyOf(sure);
  }
}
