package dev.molt.runner.engine;

import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.settings.OutputSettings;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Setting;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.vars.Layer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How to run a playbook. Immutable.
 *
 * @param check find out what would change, and change nothing
 * @param limit a pattern of hosts to leave all others out
 * @param extraVars strongest of all variables, the last one given first
 * @param password to log in with where the inventory names none
 * @param becomePassword for sudo where the inventory names none
 * @param startAtTask the name of the first task to run, or a pattern of names with * and ?
 * @param confirm asks before each task; empty where nobody is asked
 * @param flushCache forget kept facts of all hosts before the first play
 * @param settings all that the environment, {@code ansible.cfg} and the command line say otherwise
 * @param readOnly nothing is changed, whatever a task says of {@code check_mode}
 * @param consent is asked before a host is changed
 */
public record RunOptions(
    boolean check,
    Optional<String> limit,
    List<Layer> extraVars,
    TagFilter tags,
    Optional<String> password,
    Optional<String> becomePassword,
    Optional<String> startAtTask,
    Optional<Confirm> confirm,
    boolean flushCache,
    Settings settings,
    boolean readOnly,
    Consent consent) {

  /**
   * Is asked each time right before a task changes a host, on the task's thread: by several at
   * once.
   */
  @FunctionalInterface
  public interface Consent {
    /** Everything may be changed. */
    Consent GIVEN = (task, host, address) -> {};

    /**
     * Lets the task go on, or fails it.
     *
     * @param task its title
     * @param host the name of the one to be changed, which may be that of {@code delegate_to}
     * @param address and port; empty where it is this machine
     * @throws dev.molt.dsl.source.DiagnosticException where the host is not to be changed
     */
    void change(String task, String host, Optional<String> address);
  }

  /** Asks whether to run a task: {@code --step}. */
  @FunctionalInterface
  public interface Confirm {
    /** What was answered. */
    enum Answer {
      YES,
      NO,
      /** Yes, to all that come as well. */
      CONTINUE
    }

    /** Waits for an answer. */
    Answer ask(String taskName) throws InterruptedException;
  }

  public RunOptions {
    extraVars = List.copyOf(extraVars);
  }

  /** One that may change things. */
  public RunOptions(
      boolean check,
      Optional<String> limit,
      List<Layer> extraVars,
      TagFilter tags,
      Optional<String> password,
      Optional<String> becomePassword,
      Optional<String> startAtTask,
      Optional<Confirm> confirm,
      boolean flushCache,
      Settings settings) {
    this(
        check,
        limit,
        extraVars,
        tags,
        password,
        becomePassword,
        startAtTask,
        confirm,
        flushCache,
        settings,
        false,
        Consent.GIVEN);
  }

  /** A run of everything, with nothing said on a command line. */
  public static RunOptions of(Settings settings) {
    return of(settings, List.of());
  }

  /** The same with extra variables, the strongest first. */
  public static RunOptions of(Settings settings, List<Layer> extraVars) {
    return new RunOptions(
        false,
        Optional.empty(),
        extraVars,
        TagFilter.ALL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        settings);
  }

  /** The same with a setting of another value. */
  public <T> RunOptions with(Setting<T> setting, T value) {
    return but(check, limit, settings.with(setting, value, "molt"), readOnly, consent);
  }

  /** The same, checking or not. */
  public RunOptions checking(boolean checks) {
    return but(checks || readOnly, limit, settings, readOnly, consent);
  }

  /** The same for all hosts, or for those of another pattern. */
  public RunOptions limitedTo(Optional<String> pattern) {
    return but(check, pattern, settings, readOnly, consent);
  }

  /** The same, and nothing is changed, whatever a task says of {@code check_mode}. */
  public RunOptions withoutChanges() {
    return but(true, limit, settings, true, consent);
  }

  /** The same with somebody who is asked before a host is changed. */
  public RunOptions asking(Consent somebody) {
    return but(check, limit, settings, readOnly, somebody);
  }

  private RunOptions but(
      boolean checks,
      Optional<String> pattern,
      Settings set,
      boolean withoutChanges,
      Consent somebody) {
    return new RunOptions(
        checks,
        pattern,
        extraVars,
        tags,
        password,
        becomePassword,
        startAtTask,
        confirm,
        flushCache,
        set,
        withoutChanges,
        somebody);
  }

  /** Whether texts are shown before and after. */
  public boolean diff() {
    return settings.get(OutputSettings.DIFF_ALWAYS);
  }

  /** How many hosts are worked on at once, at least 1. */
  public int forks() {
    return settings.get(RunSettings.FORKS);
  }

  /** Whom to log in as where neither inventory nor playbook says. */
  public Optional<String> user() {
    return settings.get(AccessSettings.REMOTE_USER);
  }

  /** The key to log in with where the inventory names none. */
  public Optional<String> privateKey() {
    return settings.get(AccessSettings.PRIVATE_KEY_FILE).map(Path::toString);
  }

  public int verbosity() {
    return settings.get(OutputSettings.VERBOSITY);
  }

  String strategy() {
    return settings.get(RunSettings.STRATEGY);
  }

  /** When hosts are asked for their facts where a play does not say. */
  String gathering() {
    return settings.get(RunSettings.GATHERING);
  }

  boolean forceHandlers() {
    return settings.get(RunSettings.FORCE_HANDLERS);
  }

  boolean injectFacts() {
    return settings.get(LanguageSettings.INJECT_FACTS_AS_VARS);
  }

  boolean mergeHashes() {
    return settings.get(LanguageSettings.HASH_BEHAVIOUR).equals("merge");
  }

  /** Whether a run that selects no host has nothing to do, instead of being a mistake. */
  boolean emptyRuns() {
    return settings.get(RunSettings.NO_HOSTS).equals("skip");
  }
}
