package dev.molt.runner.cli;

import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.settings.OutputSettings;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Setting;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of {@code molt run}: those of {@code ansible-playbook}, and {@code --output}.
 * Immutable.
 *
 * @param given what was given, for options that are neither settings nor below
 * @param settings the environment's and the file's, with what options say instead
 */
record RunArguments(GivenWords given, Settings settings) {
  private static OptionSet options() {
    OptionSet options =
        new OptionSet("molt run")
            .flag("--help", "-h")
            .flag("--version")
            .flag("--verbose", "-v")
            .value("--output")
            .value("--inventory", "-i", "--inventory-file")
            .value("--limit", "-l")
            .value("--extra-vars", "-e")
            .value("--tags", "-t")
            .value("--skip-tags")
            .value("--forks", "-f")
            .value("--start-at-task")
            .value("--module-path", "-M")
            .flag("--check", "-C")
            .flag("--diff", "-D")
            .flag("--step")
            .flag("--flush-cache")
            .flag("--force-handlers")
            .flag("--list-hosts")
            .flag("--list-tasks")
            .flag("--list-tags")
            .flag("--syntax-check");
    options.value("--connection", "-c");
    return VaultOptions.declare(declareAccess(options));
  }

  /** Adds those that say how to log in, and as whom to work. */
  static OptionSet declareAccess(OptionSet options) {
    return options
        .value("--user", "-u")
        .value("--timeout", "-T")
        .value("--private-key", "--key-file")
        .value("--ssh-common-args")
        .value("--ssh-extra-args")
        .value("--sftp-extra-args")
        .value("--scp-extra-args")
        .flag("--ask-pass", "-k")
        .value("--connection-password-file", "--conn-pass-file")
        .flag("--become", "-b")
        .value("--become-method")
        .value("--become-user")
        .flag("--ask-become-pass", "-K")
        .value("--become-password-file", "--become-pass-file");
  }

  /**
   * @throws dev.molt.dsl.source.DiagnosticException for words that are no arguments of it
   */
  static RunArguments parse(List<String> words, Settings settings) {
    return of(options().parse(words), settings);
  }

  /** What another command was given that has some of the options. */
  static RunArguments of(GivenWords given, Settings settings) {
    given.notBoth("--ask-pass", "--connection-password-file");
    given.notBoth("--ask-become-pass", "--become-password-file");
    VaultOptions.of(given);
    return new RunArguments(given, new Merge(given, settings).all());
  }

  boolean help() {
    return given.has("--help");
  }

  List<String> playbooks() {
    return given.others();
  }

  /** As {@code -i} names them; empty where it was not given. */
  List<String> inventories() {
    return given.all("--inventory");
  }

  /** Where the passwords of encrypted values and files come from. */
  VaultOptions vault() {
    return VaultOptions.of(given);
  }

  boolean check() {
    return given.has("--check");
  }

  boolean diff() {
    return settings.get(OutputSettings.DIFF_ALWAYS);
  }

  Optional<String> limit() {
    return given.last("--limit");
  }

  List<String> extraVars() {
    return given.all("--extra-vars");
  }

  /** Those of {@code ansible.cfg} first: options add to them. */
  Set<String> tags() {
    return words(settings.get(RunSettings.TAGS_RUN), given.all("--tags"));
  }

  Set<String> skipTags() {
    return words(settings.get(RunSettings.TAGS_SKIP), given.all("--skip-tags"));
  }

  int forks() {
    return settings.get(RunSettings.FORKS);
  }

  boolean askPassword() {
    return settings.get(AccessSettings.ASK_PASS);
  }

  boolean askBecomePassword() {
    return settings.get(AccessSettings.BECOME_ASK_PASS);
  }

  int verbosity() {
    return settings.get(OutputSettings.VERBOSITY);
  }

  /** How the run is shown: one of {@link Outputs#NAMES}. */
  String output() {
    return settings.get(OutputSettings.OUTPUT);
  }

  private static Set<String> words(List<String> first, List<String> lists) {
    Set<String> words = new LinkedHashSet<>(first);
    for (String list : lists) {
      for (String word : list.split(",")) {
        words.add(word.strip());
      }
    }
    return words;
  }

  /** Puts what options say over what was set. */
  private static final class Merge {
    private final GivenWords given;
    private Settings settings;

    Merge(GivenWords given, Settings settings) {
      this.given = given;
      this.settings = settings;
    }

    Settings all() {
      given.number("--forks", 1).ifPresent(n -> put(RunSettings.FORKS, n, "--forks"));
      flag(RunSettings.FORCE_HANDLERS, "--force-handlers");
      flag(OutputSettings.DIFF_ALWAYS, "--diff");
      text(OutputSettings.OUTPUT, "--output");
      String output = settings.get(OutputSettings.OUTPUT);
      if (!Outputs.NAMES.contains(output)) {
        throw Diagnostic.error("there is no output '" + output + "'")
            .withHint(
                Suggestions.hint(output, Outputs.NAMES)
                    .orElse("--output is one of " + String.join(", ", Outputs.NAMES)))
            .asException();
      }
      if (output.equals("ansible")) {
        // What people and tools that read such output expect.
        settings = settings.orElse(RunSettings.NO_HOSTS, "skip");
        settings = settings.orElse(RunSettings.UNDEFINED_NAMES, "ignore");
        settings = settings.orElse(RunSettings.GATHERING, "implicit");
        settings = settings.orElse(LanguageSettings.ALLOW_BROKEN_CONDITIONALS, true);
        settings = settings.orElse(LanguageSettings.JINJA2_NATIVE, false);
        settings = settings.orElse(InventorySettings.HOST_PATTERN_MISMATCH, "warning");
        settings = settings.orElse(LanguageSettings.DUPLICATE_DICT_KEY, "warn");
      }
      if (given.has("--verbose")) {
        int verbosity = settings.get(OutputSettings.VERBOSITY) + given.count("--verbose");
        put(OutputSettings.VERBOSITY, verbosity, "--verbose");
      }
      text(AccessSettings.TRANSPORT, "--connection");
      given.number("--timeout", 1).ifPresent(n -> put(AccessSettings.TIMEOUT, n, "--timeout"));
      optional(AccessSettings.REMOTE_USER, "--user");
      path(AccessSettings.PRIVATE_KEY_FILE, "--private-key");
      optional(AccessSettings.SSH_COMMON_ARGS, "--ssh-common-args");
      optional(AccessSettings.SSH_EXTRA_ARGS, "--ssh-extra-args");
      flag(AccessSettings.ASK_PASS, "--ask-pass");
      path(AccessSettings.CONNECTION_PASSWORD_FILE, "--connection-password-file");
      flag(AccessSettings.BECOME, "--become");
      text(AccessSettings.BECOME_METHOD, "--become-method");
      text(AccessSettings.BECOME_USER, "--become-user");
      flag(AccessSettings.BECOME_ASK_PASS, "--ask-become-pass");
      path(AccessSettings.BECOME_PASSWORD_FILE, "--become-password-file");
      return settings;
    }

    private <T> void put(Setting<T> setting, T value, String option) {
      settings = settings.with(setting, value, option);
    }

    private void flag(Setting<Boolean> setting, String option) {
      if (given.has(option)) {
        put(setting, true, option);
      }
    }

    private void text(Setting<String> setting, String option) {
      given.last(option).ifPresent(t -> put(setting, t, option));
    }

    private void optional(Setting<Optional<String>> setting, String option) {
      given.last(option).ifPresent(t -> put(setting, Optional.of(t), option));
    }

    private void path(Setting<Optional<Path>> setting, String option) {
      given.last(option).map(UserPath::of).ifPresent(p -> put(setting, Optional.of(p), option));
    }
  }
}
