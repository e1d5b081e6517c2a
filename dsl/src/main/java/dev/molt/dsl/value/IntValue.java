package dev.molt.dsl.value;

import java.math.BigInteger;

/** An integer of any size, as Python's. */
public record IntValue(BigInteger value) implements Value {
  public static IntValue of(long value) {
    return new IntValue(BigInteger.valueOf(value));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
