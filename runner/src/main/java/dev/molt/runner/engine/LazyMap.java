package dev.molt.runner.engine;

import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A mapping whose values are made when they are asked for, such as {@code hostvars}. */
final class LazyMap extends AbstractMap<Value, Value> {
  private final Supplier<Collection<String>> names;
  private final Function<String, Value> value;

  /**
   * A mapping over these names.
   *
   * @param value gives null for a name that is not there
   */
  LazyMap(Supplier<Collection<String>> names, Function<String, Value> value) {
    this.names = names;
    this.value = value;
  }

  @Override
  public boolean containsKey(Object key) {
    return key instanceof StrValue name && names.get().contains(name.text());
  }

  @Override
  public Value get(Object key) {
    return key instanceof StrValue name ? value.apply(name.text()) : null;
  }

  @Override
  public Set<Map.Entry<Value, Value>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<Value, Value>> iterator() {
        return names.get().stream()
            .<Map.Entry<Value, Value>>map(
                n -> new SimpleImmutableEntry<>(new StrValue(n), value.apply(n)))
            .iterator();
      }

      @Override
      public int size() {
        return names.get().size();
      }
    };
  }
}
