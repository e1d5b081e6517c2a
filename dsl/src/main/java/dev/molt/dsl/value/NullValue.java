package dev.molt.dsl.value;

/** Python's {@code None}, YAML's {@code null}. */
public enum NullValue implements Value {
  NULL,

  /**
   * None that a whole template of a playbook gave. Up to ansible-core 2.18 that was an empty text,
   * and playbooks compare it with one: so it is none, and it also equals {@code ''}.
   */
  TEMPLATED;

  @Override
  public String toString() {
    return "None";
  }
}
