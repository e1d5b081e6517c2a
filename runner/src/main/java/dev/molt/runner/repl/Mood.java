package dev.molt.runner.repl;

import java.util.Optional;

/**
 * How lines are run. Immutable.
 *
 * @param hosts the pattern of hosts that lines are for
 * @param become whether as another user; empty for what the settings and the inventory say
 * @param becomeUser as whom; empty for what these say
 * @param check only find out what would change
 * @param diff show texts before and after
 * @param readOnly whether nothing can be changed at all
 */
record Mood(
    String hosts,
    Optional<Boolean> become,
    Optional<String> becomeUser,
    boolean check,
    boolean diff,
    boolean readOnly) {
  /** Whatever the settings and the inventory say, on all hosts. */
  static final Mood EVERYWHERE =
      new Mood("all", Optional.empty(), Optional.empty(), false, false, false);

  Mood onHosts(String pattern) {
    return new Mood(pattern, become, becomeUser, check, diff, readOnly);
  }

  Mood becoming(Optional<Boolean> whether, Optional<String> user) {
    return new Mood(hosts, whether, user, check, diff, readOnly);
  }

  Mood checking(boolean whether) {
    return new Mood(hosts, become, becomeUser, whether, diff, readOnly);
  }

  Mood showing(boolean texts) {
    return new Mood(hosts, become, becomeUser, check, texts, readOnly);
  }

  /** For a look at what a line would change, whatever it says of {@code check_mode}. */
  Mood planning() {
    return new Mood(hosts, become, becomeUser, true, diff, true);
  }

  /** Whether a line that is run now changes nothing. */
  boolean looksOnly() {
    return check || readOnly;
  }
}
