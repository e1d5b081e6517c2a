package dev.molt.dsl.vars;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A mapping some of whose values are encrypted, each of which is decrypted when it is asked for: of
 * a mapping with the passwords of several systems most tasks need one, and most people can open
 * some. Not thread-safe.
 */
final class ClosedMap extends AbstractMap<Value, Value> {
  /** A value, or what makes one. */
  private record Slot(Value value, Supplier<Value> closed) {}

  private final Map<Value, Slot> slots = new LinkedHashMap<>();

  /**
   * Decrypts all that is closed in a value. Does not look into mappings of other kinds that make
   * their values when they are asked.
   */
  static void openAll(Value value) {
    if (value instanceof ListValue list) {
      list.items().forEach(ClosedMap::openAll);
    } else if (value instanceof MapValue map
        && (map.entries() instanceof ClosedMap || map.entries() instanceof HashMap)) {
      map.entries().values().forEach(ClosedMap::openAll);
    }
  }

  @Override
  public Value put(Value key, Value value) {
    Slot before = slots.put(key, new Slot(value, null));
    return before == null ? null : before.value;
  }

  /** Puts what decrypts the value; it throws where it cannot. */
  void putClosed(Value key, Supplier<Value> closed) {
    slots.put(key, new Slot(null, closed));
  }

  @Override
  public boolean containsKey(Object key) {
    return slots.containsKey(key);
  }

  @Override
  public Value get(Object key) {
    Slot slot = slots.get(key);
    return slot == null ? null : open((Value) key, slot);
  }

  private Value open(Value key, Slot slot) {
    if (slot.value != null) {
      return slot.value;
    }
    Value value = slot.closed.get();
    // Put under a key that is there, this leaves iterators valid.
    slots.put(key, new Slot(value, slot.closed));
    return value;
  }

  @Override
  public Value remove(Object key) {
    Slot slot = slots.remove(key);
    return slot == null ? null : slot.value;
  }

  @Override
  public Set<Entry<Value, Value>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<Value, Value>> iterator() {
        Iterator<Entry<Value, Slot>> all = slots.entrySet().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public Entry<Value, Value> next() {
            return new Opening(all.next().getKey());
          }

          @Override
          public void remove() {
            all.remove();
          }
        };
      }

      @Override
      public int size() {
        return slots.size();
      }
    };
  }

  /** An entry whose key can be had without its value. */
  private final class Opening implements Entry<Value, Value> {
    private final Value key;

    Opening(Value key) {
      this.key = key;
    }

    @Override
    public Value getKey() {
      return key;
    }

    @Override
    public Value getValue() {
      return get(key);
    }

    @Override
    public Value setValue(Value value) {
      return put(key, value);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry<?, ?> that
          && key.equals(that.getKey())
          && getValue().equals(that.getValue());
    }

    @Override
    public int hashCode() {
      return key.hashCode() ^ getValue().hashCode();
    }
  }
}
