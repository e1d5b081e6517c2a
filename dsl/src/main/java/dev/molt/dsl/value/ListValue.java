package dev.molt.dsl.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A list, or a tuple of Python's, which differs in how it is shown and is never equal to a list. A
 * list may grow (see {@link Value} on threads).
 *
 * <p>Only lists outlive a template: what it gives back has them in place of tuples.
 */
public final class ListValue implements Value {
  /** What Python calls such a sequence. */
  public enum Kind {
    LIST("list"),
    TUPLE("tuple");

    private final String python;

    Kind(String python) {
      this.python = python;
    }

    /** The name of the type. */
    public String python() {
      return python;
    }
  }

  private final List<Value> items;
  private final Kind kind;

  /**
   * A list.
   *
   * @param items used as they are, not copied
   */
  public ListValue(List<Value> items) {
    this(items, Kind.LIST);
  }

  /** A sequence of this kind, of items that are not copied. */
  public ListValue(List<Value> items, Kind kind) {
    this.items = Objects.requireNonNull(items);
    this.kind = kind;
  }

  public static ListValue of(Collection<? extends Value> items) {
    return new ListValue(new ArrayList<>(items));
  }

  public static ListValue of(Value... items) {
    return of(List.of(items));
  }

  public static ListValue tuple(Value... items) {
    return new ListValue(new ArrayList<>(List.of(items)), Kind.TUPLE);
  }

  public static ListValue ofStrings(Collection<String> texts) {
    List<Value> items = new ArrayList<>(texts.size());
    texts.forEach(t -> items.add(new StrValue(t)));
    return new ListValue(items);
  }

  /** The items themselves, not a copy. */
  public List<Value> items() {
    return items;
  }

  public Kind kind() {
    return kind;
  }

  /** By the items alone: templates compare with {@link Ordering#equal}, which tells kinds apart. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ListValue that && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }

  @Override
  public String toString() {
    return "ListValue[items=" + items + "]";
  }
}
