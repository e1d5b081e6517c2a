package dev.molt.dsl.value;

/** What {@code omit} gives: an option set to it counts as not given. */
public enum OmitValue implements Value {
  OMIT;

  @Override
  public String toString() {
    return "omit";
  }
}
