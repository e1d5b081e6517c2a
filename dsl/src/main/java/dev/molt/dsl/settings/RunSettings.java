package dev.molt.dsl.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How plays are carried out. */
public final class RunSettings {
  /** Ansible's 5 makes waves of a handful of nodes; a release cluster is done at once. */
  public static final Setting<Integer> FORKS =
      Setting.of("forks", SettingType.POSITIVE, "32", "how many hosts are worked on at once");

  public static final Setting<String> STRATEGY =
      Setting.of("strategy", SettingType.TEXT, "linear", "the strategy of plays that name none");

  public static final Setting<String> GATHERING =
      Setting.of(
          "gathering",
          SettingType.oneOf("implicit", "explicit", "smart", "lazy"),
          "lazy",
          "whether plays gather facts that do not say");

  /** Ansible took these two from its configuration until 2.18; they are still written. */
  public static final Setting<List<String>> GATHER_SUBSET =
      Setting.of("gather_subset", SettingType.LIST, "all", "which facts plays gather");

  public static final Setting<Integer> GATHER_TIMEOUT =
      Setting.of("gather_timeout", SettingType.POSITIVE, "10", "seconds that one fact may take");

  public static final Setting<Boolean> FORCE_HANDLERS =
      Setting.of(
          "force_handlers", SettingType.BOOL, "false", "run handlers on hosts that have failed");

  public static final Setting<Boolean> ANY_ERRORS_FATAL =
      Setting.of(
          "any_errors_fatal",
          SettingType.BOOL,
          "false",
          "one host's failure ends the play for all hosts");

  public static final Setting<Boolean> ERROR_ON_MISSING_HANDLER =
      Setting.of(
          "error_on_missing_handler",
          SettingType.BOOL,
          "true",
          "whether notifying a handler that does not exist is an error or a warning");

  public static final Setting<Integer> TASK_TIMEOUT =
      Setting.of(
          "task_timeout", SettingType.INTEGER, "0", "seconds that a task may take, 0 for no end");

  public static final Setting<Integer> POLL_INTERVAL =
      Setting.of("poll_interval", SettingType.POSITIVE, "15", "seconds between polls of async");

  public static final Setting<List<String>> TAGS_RUN =
      Setting.of("run_tags", SettingType.LIST, "", "only tasks with these tags, without --tags")
          .fromKeys("tags.run");

  public static final Setting<List<String>> TAGS_SKIP =
      Setting.of("skip_tags", SettingType.LIST, "", "no tasks with these tags, without --skip-tags")
          .fromKeys("tags.skip");

  public static final Setting<Boolean> RETRY_FILES_ENABLED =
      Setting.of(
          "retry_files_enabled",
          SettingType.BOOL,
          "false",
          "write the hosts that failed to PLAYBOOK.retry, for --limit @FILE");

  public static final Setting<Optional<Path>> RETRY_FILES_SAVE_PATH =
      Setting.of(
          "retry_files_save_path", SettingType.PATH, "", "the folder for retry files, else beside");

  /** What Molt does where Ansible says that no hosts matched and ends well. */
  public static final Setting<String> NO_HOSTS =
      Setting.of(
              "no_hosts",
              SettingType.oneOf("error", "skip"),
              "error",
              "whether a run that selects no host at all is an error")
          .fromVariables("MOLT_NO_HOSTS")
          .fromKeys("molt.no_hosts");

  /** What Molt does where Ansible finds out when it comes to the task. */
  public static final Setting<String> UNDEFINED_NAMES =
      Setting.of(
              "undefined_names",
              SettingType.oneOf("error", "ignore"),
              "error",
              "whether a run begins in which a task is sure to use a name that nothing defines")
          .fromVariables("MOLT_UNDEFINED_NAMES")
          .fromKeys("molt.undefined_names");

  /** No more than a run waits for a host that does not answer. */
  public static final Setting<Integer> HOOK_TIMEOUT =
      Setting.of(
              "hook_timeout",
              SettingType.POSITIVE,
              "60",
              "seconds that one call of a hook may take")
          .fromVariables("MOLT_HOOK_TIMEOUT")
          .fromKeys("molt.hook_timeout");

  private RunSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        FORKS,
        STRATEGY,
        GATHERING,
        GATHER_SUBSET,
        GATHER_TIMEOUT,
        FORCE_HANDLERS,
        ANY_ERRORS_FATAL,
        ERROR_ON_MISSING_HANDLER,
        TASK_TIMEOUT,
        POLL_INTERVAL,
        TAGS_RUN,
        TAGS_SKIP,
        RETRY_FILES_ENABLED,
        RETRY_FILES_SAVE_PATH,
        NO_HOSTS,
        UNDEFINED_NAMES,
        HOOK_TIMEOUT);
  }
}
