package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Position;
import java.util.List;
import java.util.Optional;

/**
 * A named set of hosts. Immutable.
 *
 * @param position where it is first named; empty for {@code all} and {@code ungrouped} where no
 *     file names them
 * @param depth how far below {@code all}, by the longest way
 * @param priority {@code ansible_group_priority}: among groups of the same depth the higher one's
 *     variables win; 1 unless set
 * @param children the names of the groups directly within
 * @param hosts the names of all hosts within, also by way of children, in order
 */
public record Group(
    String name,
    Optional<Position> position,
    int depth,
    int priority,
    List<String> children,
    List<String> hosts) {
  public Group {
    children = List.copyOf(children);
    hosts = List.copyOf(hosts);
  }
}
