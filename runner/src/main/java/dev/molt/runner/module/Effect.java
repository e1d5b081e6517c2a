package dev.molt.runner.module;

/**
 * What a change does to a host, in terms that other modules understand. In a check the engine
 * carries the effects of what would have been done on to the later tasks, so that a release that
 * would be unpacked can be planned to be copied. In a real run they tell listeners what happened.
 */
public sealed interface Effect {
  /** A path becomes this; {@link FileState#ABSENT} where it goes away, with all below it. */
  record FileEffect(String path, FileState state) implements Effect {}

  /**
   * A unit is started or stopped.
   *
   * @param unit with its suffix, such as {@code tegu.service}
   * @param running whether it is running afterwards
   */
  record ServiceEffect(String unit, boolean running) implements Effect {}

  /**
   * A group of users is made or goes.
   *
   * @param group its name
   * @param exists whether there is one afterwards
   */
  record GroupEffect(String group, boolean exists) implements Effect {}
}
