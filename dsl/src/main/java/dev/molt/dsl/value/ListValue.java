package dev.molt.dsl.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A list; it may grow (see {@link Value} on threads). */
public record ListValue(List<Value> items) implements Value {
  public static ListValue of(Collection<? extends Value> items) {
    return new ListValue(new ArrayList<>(items));
  }

  public static ListValue of(Value... items) {
    return of(List.of(items));
  }

  public static ListValue ofStrings(Collection<String> texts) {
    List<Value> items = new ArrayList<>(texts.size());
    texts.forEach(t -> items.add(new StrValue(t)));
    return new ListValue(items);
  }
}
