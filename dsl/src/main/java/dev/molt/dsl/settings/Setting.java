package dev.molt.dsl.settings;

import java.util.List;
import java.util.Locale;

/**
 * One thing that {@code ansible.cfg} or the environment can say. Immutable and thread-safe;
 * compared by identity.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {
  private final String name;
  private final String summary;
  private final SettingType<T> type;
  private final String fallback;
  private final List<String> variables;
  private final List<String> keys;

  private Setting(
      String name,
      String summary,
      SettingType<T> type,
      String fallback,
      List<String> variables,
      List<String> keys) {
    this.name = name;
    this.summary = summary;
    this.type = type;
    this.fallback = fallback;
    this.variables = variables;
    this.keys = keys;
  }

  /** In {@code [defaults]} under its name, and in the environment with {@code ANSIBLE_} before. */
  static <T> Setting<T> of(String name, SettingType<T> type, String fallback, String summary) {
    return new Setting<>(
        name,
        summary,
        type,
        fallback,
        List.of("ANSIBLE_" + name.toUpperCase(Locale.ROOT)),
        List.of("defaults." + name));
  }

  /** The variables instead, the last one that is set winning. */
  Setting<T> fromVariables(String... names) {
    return new Setting<>(name, summary, type, fallback, List.of(names), keys);
  }

  /** The keys instead, each {@code section.key}, the last one that is there winning. */
  Setting<T> fromKeys(String... names) {
    return new Setting<>(name, summary, type, fallback, variables, List.of(names));
  }

  public String name() {
    return name;
  }

  /** One line for people. */
  public String summary() {
    return summary;
  }

  public SettingType<T> type() {
    return type;
  }

  /** The text of its default, as a file would hold it. */
  public String fallback() {
    return fallback;
  }

  public List<String> variables() {
    return variables;
  }

  /** Each {@code section.key}. */
  public List<String> keys() {
    return keys;
  }

  @Override
  public String toString() {
    return name;
  }
}
