package dev.molt.runner.engine;

import dev.molt.dsl.vars.Layer;
import java.util.List;
import java.util.Optional;

/**
 * How to run a playbook.
 *
 * @param check find out what would change, and change nothing
 * @param diff show texts before and after
 * @param forks how many hosts are worked on at once, at least 1
 * @param limit a pattern of hosts to leave all others out
 * @param user whom to log in as where neither inventory nor playbook says
 * @param privateKey the key to log in with where the inventory names none
 * @param password to log in with where the inventory names none
 * @param becomePassword for sudo where the inventory names none
 * @param extraVars strongest of all variables, the last one given first
 */
public record RunOptions(
    boolean check,
    boolean diff,
    int forks,
    Optional<String> limit,
    List<Layer> extraVars,
    TagFilter tags,
    Optional<String> user,
    Optional<String> privateKey,
    Optional<String> password,
    Optional<String> becomePassword,
    int verbosity) {

  /** As many hosts as a release cluster has; Ansible's 5 makes waves of a handful of nodes. */
  public static final int DEFAULT_FORKS = 32;

  public RunOptions {
    extraVars = List.copyOf(extraVars);
    if (forks < 1) {
      throw new IllegalArgumentException("forks must be at least 1");
    }
  }
}
