package dev.molt.dsl.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What playbooks, roles, variables and templates mean. */
public final class LanguageSettings {
  public static final Setting<List<Path>> ROLES_PATH =
      Setting.of(
          "roles_path",
          SettingType.SEARCH_PATH,
          "$ANSIBLE_HOME/roles:/usr/share/ansible/roles:/etc/ansible/roles",
          "folders in which roles are looked for");

  public static final Setting<String> HASH_BEHAVIOUR =
      Setting.of(
          "hash_behaviour",
          SettingType.oneOf("replace", "merge"),
          "replace",
          "whether mappings of the same name replace each other or are merged");

  /** Ansible warns. */
  public static final Setting<String> DUPLICATE_DICT_KEY =
      Setting.of(
              "duplicate_dict_key",
              SettingType.oneOf("error", "warn", "ignore"),
              "error",
              "what a key that stands twice in a mapping is")
          .fromVariables("ANSIBLE_DUPLICATE_YAML_DICT_KEY");

  public static final Setting<Boolean> ALLOW_BROKEN_CONDITIONALS =
      Setting.of(
          "allow_broken_conditionals",
          SettingType.BOOL,
          "false",
          "whether a condition may give something else than true or false");

  public static final Setting<Boolean> JINJA2_NATIVE =
      Setting.of(
          "jinja2_native",
          SettingType.BOOL,
          "true",
          "where it is off, set_fact makes booleans of the texts true, false, yes and no");

  public static final Setting<Boolean> INJECT_FACTS_AS_VARS =
      Setting.of(
              "inject_facts_as_vars",
              SettingType.BOOL,
              "true",
              "whether facts are variables of their own, beside ansible_facts")
          .fromVariables("ANSIBLE_INJECT_FACT_VARS");

  public static final Setting<Boolean> PRIVATE_ROLE_VARS =
      Setting.of(
          "private_role_vars",
          SettingType.BOOL,
          "false",
          "whether a role's variables are hidden from the rest of the play");

  public static final Setting<String> ANSIBLE_MANAGED =
      Setting.of(
              "ansible_managed",
              SettingType.TEXT,
              "Ansible managed",
              "what {{ ansible_managed }} is in templates")
          .fromVariables();

  public static final Setting<Boolean> NO_LOG =
      Setting.of("no_log", SettingType.BOOL, "false", "hide the results of all tasks");

  public static final Setting<Optional<Path>> PLAYBOOK_DIR =
      Setting.of(
          "playbook_dir",
          SettingType.PATH,
          "",
          "the folder of playbooks for commands that run none");

  public static final Setting<String> FACT_CACHING =
      Setting.of(
              "fact_caching",
              SettingType.TEXT,
              "memory",
              "where facts are kept: memory, or jsonfile to keep them between runs")
          .fromVariables("ANSIBLE_CACHE_PLUGIN");

  public static final Setting<Optional<Path>> FACT_CACHING_CONNECTION =
      Setting.of("fact_caching_connection", SettingType.PATH, "", "the folder of jsonfile's facts")
          .fromVariables("ANSIBLE_CACHE_PLUGIN_CONNECTION");

  public static final Setting<Integer> FACT_CACHING_TIMEOUT =
      Setting.of(
              "fact_caching_timeout",
              SettingType.INTEGER,
              "86400",
              "seconds until kept facts are too old, 0 for never")
          .fromVariables("ANSIBLE_CACHE_PLUGIN_TIMEOUT");

  public static final Setting<String> FACT_CACHING_PREFIX =
      Setting.of("fact_caching_prefix", SettingType.TEXT, "", "what names of kept facts start with")
          .fromVariables("ANSIBLE_CACHE_PLUGIN_PREFIX");

  private LanguageSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        ROLES_PATH,
        HASH_BEHAVIOUR,
        DUPLICATE_DICT_KEY,
        ALLOW_BROKEN_CONDITIONALS,
        JINJA2_NATIVE,
        INJECT_FACTS_AS_VARS,
        PRIVATE_ROLE_VARS,
        ANSIBLE_MANAGED,
        NO_LOG,
        PLAYBOOK_DIR,
        FACT_CACHING,
        FACT_CACHING_CONNECTION,
        FACT_CACHING_TIMEOUT,
        FACT_CACHING_PREFIX);
  }
}
