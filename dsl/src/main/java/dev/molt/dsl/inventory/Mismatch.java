package dev.molt.dsl.inventory;

import java.util.Locale;

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
  ERROR;

  /** The one of this name in the setting, such as {@code warning}. */
  public static Mismatch of(String setting) {
    return valueOf(setting.toUpperCase(Locale.ROOT));
  }
}
