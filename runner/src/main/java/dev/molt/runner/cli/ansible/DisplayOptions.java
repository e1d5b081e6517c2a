package dev.molt.runner.cli.ansible;

import dev.molt.dsl.settings.OutputSettings;
import dev.molt.dsl.settings.Settings;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What is shown, and how; each but the first three has the meaning of Ansible's setting of that
 * name.
 *
 * @param verbosity the number of {@code -v}
 * @param columns how wide a banner is, at least 1: 79 without a terminal
 * @param colours whether escape codes may be printed
 * @param okHosts {@code display_ok_hosts}
 * @param skippedHosts {@code display_skipped_hosts}
 * @param failedStderr {@code display_failed_stderr}
 * @param customStats {@code show_custom_stats}
 * @param perHostStart {@code show_per_host_start}
 * @param checkMarkers {@code check_mode_markers}
 * @param pathOnFailure {@code show_task_path_on_failure}
 * @param argumentsShown {@code display_args_to_stdout}
 * @param yaml whether {@code callback_result_format} is yaml and not json
 * @param pretty {@code callback_format_pretty}; empty where nobody said
 * @param deprecations {@code deprecation_warnings}
 * @param diffContext lines around a difference, from 0 on
 * @param configFile the {@code ansible.cfg} that was read
 */
public record DisplayOptions(
    int verbosity,
    int columns,
    boolean colours,
    boolean okHosts,
    boolean skippedHosts,
    boolean failedStderr,
    boolean customStats,
    boolean perHostStart,
    boolean checkMarkers,
    boolean pathOnFailure,
    boolean argumentsShown,
    boolean yaml,
    Optional<Boolean> pretty,
    boolean deprecations,
    int diffContext,
    Optional<Path> configFile) {
  /** Of a banner where there is no terminal to ask. */
  public static final int DEFAULT_COLUMNS = 79;

  public DisplayOptions {
    Objects.requireNonNull(pretty);
    Objects.requireNonNull(configFile);
  }

  /**
   * What a run's settings say.
   *
   * @param columns of the terminal that standard output is; empty where it is none
   * @param colours whether that has them
   */
  public static DisplayOptions of(Settings settings, Optional<Integer> columns, boolean colours) {
    return new DisplayOptions(
        settings.get(OutputSettings.VERBOSITY),
        columns.map(c -> Math.max(DEFAULT_COLUMNS, c - 1)).orElse(DEFAULT_COLUMNS),
        settings.get(OutputSettings.FORCE_COLOR)
            || (colours && !settings.get(OutputSettings.NOCOLOR)),
        settings.get(OutputSettings.DISPLAY_OK_HOSTS),
        settings.get(OutputSettings.DISPLAY_SKIPPED_HOSTS),
        settings.get(OutputSettings.DISPLAY_FAILED_STDERR),
        settings.get(OutputSettings.SHOW_CUSTOM_STATS),
        settings.get(OutputSettings.SHOW_PER_HOST_START),
        settings.get(OutputSettings.CHECK_MODE_MARKERS),
        settings.get(OutputSettings.SHOW_TASK_PATH_ON_FAILURE),
        settings.get(OutputSettings.DISPLAY_ARGS_TO_STDOUT),
        settings.get(OutputSettings.RESULT_FORMAT).equals("yaml"),
        settings.get(OutputSettings.RESULT_PRETTY),
        settings.get(OutputSettings.DEPRECATION_WARNINGS),
        settings.get(OutputSettings.DIFF_CONTEXT),
        settings.file());
  }
}
