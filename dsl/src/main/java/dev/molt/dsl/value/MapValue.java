package dev.molt.dsl.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A mapping in insertion order, as Python's dict; its keys are mostly texts but need not be. */
public final class MapValue implements Value {
  private final Map<Value, Value> entries;
  private String unknown;

  /**
   * @param entries used as it is, not copied
   */
  public MapValue(Map<Value, Value> entries) {
    this.entries = Objects.requireNonNull(entries);
  }

  public static MapValue empty() {
    return new MapValue(new LinkedHashMap<>());
  }

  public static MapValue ofStrings(Map<String, ? extends Value> entries) {
    MapValue map = empty();
    entries.forEach(map::put);
    return map;
  }

  /** The entries themselves, not a copy. */
  public Map<Value, Value> entries() {
    return entries;
  }

  /** The value under a text key, or null where there is none. */
  public Value get(String key) {
    return entries.get(new StrValue(key));
  }

  /** The value under a key as Python finds it ({@code 1}, {@code 1.0} and {@code True} are one). */
  public Value find(Value key) {
    Value found = entries.get(key);
    if (found != null || key instanceof StrValue || !Ordering.number(key)) {
      return found;
    }
    BigInteger whole = whole(key);
    if (whole == null) {
      return null;
    }
    found = entries.get(new IntValue(whole));
    if (found == null) {
      found = entries.get(new FloatValue(whole.doubleValue()));
    }
    if (found == null && whole.bitLength() <= 1 && whole.signum() >= 0) {
      found = entries.get(BoolValue.of(whole.signum() != 0));
    }
    return found;
  }

  /** Sets the value under a key that, as Python finds it, may be there in another form. */
  public MapValue set(Value key, Value value) {
    if (!(key instanceof StrValue) && Ordering.number(key) && find(key) != null) {
      for (Value other : entries.keySet()) {
        if (Ordering.equal(other, key)) {
          entries.put(other, value);
          return this;
        }
      }
    }
    entries.put(key, value);
    return this;
  }

  private static BigInteger whole(Value number) {
    if (number instanceof IntValue i) {
      return i.value();
    } else if (number instanceof FloatValue f) {
      double value = f.value();
      return value == Math.rint(value) && !Double.isInfinite(value)
          ? new BigDecimal(value).toBigInteger()
          : null;
    }
    return number == BoolValue.TRUE ? BigInteger.ONE : BigInteger.ZERO;
  }

  public boolean has(String key) {
    return entries.containsKey(new StrValue(key));
  }

  public MapValue put(String key, Value value) {
    entries.put(new StrValue(key), value);
    return this;
  }

  /**
   * Says that more keys would be there in a real run: the result of a task that a check does not
   * run. A key that is missing then counts as unknown, not as a mistake.
   *
   * @param reason completes "'stdout' is not known: ", such as {@code a check does not run
   *     commands}
   * @return this map
   */
  public MapValue markUnknown(String reason) {
    unknown = Objects.requireNonNull(reason);
    return this;
  }

  /** Why keys may be missing that a real run would give; empty for an ordinary map. */
  public Optional<String> unknown() {
    return Optional.ofNullable(unknown);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MapValue that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
