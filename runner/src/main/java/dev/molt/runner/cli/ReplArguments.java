package dev.molt.runner.cli;

import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@code molt repl}: of those of {@code molt run} the ones that say whom to reach
 * and how, and its own. Immutable.
 *
 * @param run what was given of the former
 */
record ReplArguments(RunArguments run) {

  /**
   * @throws dev.molt.dsl.source.DiagnosticException for words that are no arguments of it
   */
  static ReplArguments parse(List<String> words, Settings settings) {
    OptionSet options =
        VaultOptions.declare(
            RunArguments.declareAccess(
                new OptionSet("molt repl")
                    .flag("--help", "-h")
                    .flag("--verbose", "-v")
                    .value("--inventory", "-i", "--inventory-file")
                    .value("--limit", "-l")
                    .value("--extra-vars", "-e")
                    .value("--forks", "-f")
                    .flag("--check", "-C")
                    .flag("--diff", "-D")
                    .value("--command", "-c")
                    .value("--script")
                    .flag("--read-only")
                    .flag("--yes", "-y")
                    .value("--connection")));
    GivenWords given = options.parse(words);
    if (!given.others().isEmpty()) {
      throw Diagnostic.error("molt repl takes no '" + given.others().get(0) + "'")
          .withHint("-i names the inventory, -c a line to run: -c 'service name=tegu'")
          .asException();
    }
    given.notBoth("--command", "--script");
    return new ReplArguments(RunArguments.of(given, settings));
  }

  boolean help() {
    return run.help();
  }

  /** Those of {@code -c}. */
  List<String> lines() {
    return run.given().all("--command");
  }

  Optional<String> script() {
    return run.given().last("--script");
  }

  boolean readOnly() {
    return run.given().has("--read-only");
  }

  boolean yes() {
    return run.given().has("--yes");
  }
}
