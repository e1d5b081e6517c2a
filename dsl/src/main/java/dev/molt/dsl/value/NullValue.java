package dev.molt.dsl.value;

/** Python's {@code None}, YAML's {@code null}. */
public enum NullValue implements Value {
  NULL;

  @Override
  public String toString() {
    return "None";
  }
}
