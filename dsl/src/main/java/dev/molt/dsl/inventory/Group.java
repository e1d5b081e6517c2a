package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Position;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A named set of hosts. Immutable and thread-safe. */
public final class Group {
  private final GroupDraft draft;
  private final int depth;
  private final List<String> children;
  private final Collection<String> own;
  private final Supplier<Collection<String>> members;
  private volatile List<String> hosts;

  /** A group whose hosts are listed when they are asked for: few tasks ask. */
  Group(
      GroupDraft draft,
      int depth,
      List<String> children,
      Collection<String> own,
      Supplier<Collection<String>> members) {
    this.draft = draft;
    this.depth = depth;
    this.children = List.copyOf(children);
    this.own = own;
    this.members = members;
  }

  public String name() {
    return draft.name;
  }

  /** Where it is first named; empty where no file names it. */
  public Optional<Position> position() {
    return draft.position;
  }

  /** How far below {@code all}, by the longest way. */
  public int depth() {
    return depth;
  }

  /**
   * {@code ansible_group_priority}: among groups of the same depth the higher one's variables win;
   * 1 unless set.
   */
  public int priority() {
    return draft.priority;
  }

  /** The names of the groups directly within. */
  public List<String> children() {
    return children;
  }

  /** The names of all hosts within, also by way of children, in order. */
  public List<String> hosts() {
    List<String> known = hosts;
    if (known == null) {
      known = List.copyOf(members.get());
      hosts = known;
    }
    return known;
  }

  /** The names of the hosts that are in it not only by way of its children. */
  public List<String> ownHosts() {
    return List.copyOf(own);
  }

  @Override
  public String toString() {
    return draft.name;
  }
}
