package dev.molt.dsl.inventory;

/**
 * What it means when a part of a host pattern matches no host and no group: the choices of
 * Ansible's {@code HOST_PATTERN_MISMATCH}.
 */
public enum Mismatch {
  /** Nothing is said. */
  IGNORE,
  /** A warning; the play may then run nowhere. */
  WARNING,
  /** An error, unless something else is asked for. */
  ERROR
}
