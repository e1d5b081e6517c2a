package dev.molt.dsl.settings;

import java.util.List;

/** Where hosts come from, and what is made of patterns that match none. */
public final class InventorySettings {
  /** Paths, or lists of names with a comma in them; a path is absolute. */
  public static final Setting<List<String>> INVENTORY =
      Setting.of(
          "inventory",
          SettingType.SOURCES,
          "/etc/ansible/hosts",
          "inventories, with commas between them");

  /** Ansible warns; a run of Molt that prints as Ansible does too. */
  public static final Setting<String> HOST_PATTERN_MISMATCH =
      Setting.of(
              "host_pattern_mismatch",
              SettingType.oneOf("error", "warning", "ignore"),
              "error",
              "what a pattern of hosts that names an unknown host or group is")
          .fromKeys("inventory.host_pattern_mismatch");

  public static final Setting<Boolean> UNPARSED_IS_FAILED =
      Setting.of(
              "inventory_unparsed_failed",
              SettingType.BOOL,
              "false",
              "whether it is an error that no inventory could be read")
          .fromKeys("inventory.unparsed_is_failed");

  public static final Setting<Boolean> ANY_UNPARSED_IS_FAILED =
      Setting.of(
              "inventory_any_unparsed_is_failed",
              SettingType.BOOL,
              "false",
              "whether it is an error that one inventory could not be read")
          .fromKeys("inventory.any_unparsed_is_failed");

  public static final Setting<Boolean> UNPARSED_WARNING =
      Setting.of(
              "inventory_unparsed_warning",
              SettingType.BOOL,
              "true",
              "warn that there are no hosts but the implicit localhost")
          .fromKeys("inventory.inventory_unparsed_warning");

  public static final Setting<List<String>> IGNORED_EXTENSIONS =
      Setting.of(
              "inventory_ignore",
              SettingType.LIST,
              ".pyc,.pyo,.swp,.bak,~,.rpm,.md,.txt,.rst,.orig,.cfg,.retry",
              "endings of files that are left out of a folder of inventories")
          .fromKeys("defaults.inventory_ignore_extensions", "inventory.ignore_extensions");

  public static final Setting<List<String>> IGNORED_PATTERNS =
      Setting.of(
              "inventory_ignore_regex",
              SettingType.LIST,
              "",
              "patterns of files that are left out of a folder of inventories")
          .fromKeys("defaults.inventory_ignore_patterns", "inventory.ignore_patterns");

  public static final Setting<Boolean> EXPORT =
      Setting.of(
              "inventory_export",
              SettingType.BOOL,
              "false",
              "whether the inventory command lists variables as they would be exported")
          .fromKeys("inventory.export");

  public static final Setting<String> TRANSFORM_INVALID_GROUP_CHARS =
      Setting.of(
              "transform_invalid_group_chars",
              SettingType.oneOf("always", "never", "ignore", "silently"),
              "never",
              "whether characters that variables cannot have are replaced in names of groups")
          .fromKeys("defaults.force_valid_group_names");

  public static final Setting<Boolean> LOCALHOST_WARNING =
      Setting.of(
          "localhost_warning",
          SettingType.BOOL,
          "true",
          "warn that there are no hosts but the implicit localhost");

  private InventorySettings() {}

  static List<Setting<?>> all() {
    return List.of(
        INVENTORY,
        HOST_PATTERN_MISMATCH,
        UNPARSED_IS_FAILED,
        ANY_UNPARSED_IS_FAILED,
        UNPARSED_WARNING,
        IGNORED_EXTENSIONS,
        IGNORED_PATTERNS,
        EXPORT,
        TRANSFORM_INVALID_GROUP_CHARS,
        LOCALHOST_WARNING);
  }
}
