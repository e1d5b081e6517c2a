package dev.molt.dsl.settings;

import java.util.List;
import java.util.Optional;

/** What is shown of a run. */
public final class OutputSettings {
  public static final Setting<String> OUTPUT =
      Setting.of("output", SettingType.TEXT, "molt", "how a run is shown, as --output says it")
          .fromVariables("MOLT_OUTPUT")
          .fromKeys("molt.output");

  public static final Setting<Integer> VERBOSITY =
      Setting.of("verbosity", SettingType.INTEGER, "0", "how much to say, as so many -v");

  public static final Setting<Boolean> NOCOLOR =
      Setting.of("nocolor", SettingType.BOOL, "false", "no colours");

  public static final Setting<Boolean> FORCE_COLOR =
      Setting.of("force_color", SettingType.BOOL, "false", "colours also without a terminal");

  public static final Setting<Boolean> DIFF_ALWAYS =
      Setting.of("diff_always", SettingType.BOOL, "false", "show differences without --diff")
          .fromKeys("diff.always");

  public static final Setting<Integer> DIFF_CONTEXT =
      Setting.of("diff_context", SettingType.INTEGER, "3", "lines around a difference")
          .fromKeys("diff.context");

  public static final Setting<Boolean> DISPLAY_SKIPPED_HOSTS =
      Setting.of("display_skipped_hosts", SettingType.BOOL, "true", "show hosts that were skipped");

  public static final Setting<Boolean> DISPLAY_OK_HOSTS =
      Setting.of("display_ok_hosts", SettingType.BOOL, "true", "show hosts that are ok");

  public static final Setting<Boolean> DISPLAY_FAILED_STDERR =
      Setting.of(
          "display_failed_stderr", SettingType.BOOL, "false", "show failures on standard error");

  public static final Setting<Boolean> DISPLAY_ARGS_TO_STDOUT =
      Setting.of(
          "display_args_to_stdout", SettingType.BOOL, "false", "show a task's arguments with it");

  public static final Setting<Boolean> SHOW_CUSTOM_STATS =
      Setting.of("show_custom_stats", SettingType.BOOL, "false", "show what set_stats set");

  public static final Setting<Boolean> SHOW_PER_HOST_START =
      Setting.of(
          "show_per_host_start", SettingType.BOOL, "false", "show when a host begins a task");

  public static final Setting<Boolean> CHECK_MODE_MARKERS =
      Setting.of("check_mode_markers", SettingType.BOOL, "false", "mark what a check run shows");

  public static final Setting<Boolean> SHOW_TASK_PATH_ON_FAILURE =
      Setting.of(
          "show_task_path_on_failure",
          SettingType.BOOL,
          "false",
          "show where a failed task stands");

  public static final Setting<String> RESULT_FORMAT =
      Setting.of(
          "callback_result_format",
          SettingType.oneOf("json", "yaml"),
          "json",
          "how results are written");

  public static final Setting<Optional<Boolean>> RESULT_PRETTY =
      Setting.of(
          "callback_format_pretty",
          SettingType.MAYBE_BOOL,
          "",
          "whether results are laid out for people; else only yaml, and json from -v on");

  public static final Setting<Boolean> DEPRECATION_WARNINGS =
      Setting.of("deprecation_warnings", SettingType.BOOL, "true", "warn of what will go away");

  public static final Setting<String> EDITOR =
      Setting.of("editor", SettingType.TEXT, "vi", "the editor of vault edit")
          .fromVariables("EDITOR", "ANSIBLE_EDITOR");

  public static final Setting<String> PAGER =
      Setting.of("pager", SettingType.TEXT, "less", "what shows long texts on a terminal")
          .fromVariables("PAGER", "ANSIBLE_PAGER");

  private OutputSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        OUTPUT,
        VERBOSITY,
        NOCOLOR,
        FORCE_COLOR,
        DIFF_ALWAYS,
        DIFF_CONTEXT,
        DISPLAY_SKIPPED_HOSTS,
        DISPLAY_OK_HOSTS,
        DISPLAY_FAILED_STDERR,
        DISPLAY_ARGS_TO_STDOUT,
        SHOW_CUSTOM_STATS,
        SHOW_PER_HOST_START,
        CHECK_MODE_MARKERS,
        SHOW_TASK_PATH_ON_FAILURE,
        RESULT_FORMAT,
        RESULT_PRETTY,
        DEPRECATION_WARNINGS,
        EDITOR,
        PAGER);
  }
}
