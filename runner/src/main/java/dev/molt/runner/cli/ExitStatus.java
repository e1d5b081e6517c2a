package dev.molt.runner.cli;

import dev.molt.dsl.settings.OutputSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.vault.VaultException;
import dev.molt.runner.cli.ansible.AnsibleListener;
import dev.molt.runner.engine.PlaybookRunner.Outcome;
import java.util.List;

/**
 * What a command ends with. Molt's own: 0 all well, 1 could not start, 2 a host failed, 4 a host
 * was unreachable, 130 interrupted, 250 a mistake in Molt. A run that is shown as Ansible does ends
 * as Ansible's, which tells apart why it could not start: 2 for wrong arguments, 4 for a playbook
 * with mistakes, 5 for wrong settings, 1 for the rest; 99 if it was interrupted. Not thread-safe.
 */
final class ExitStatus {
  /** What the command is at, and Ansible's status for a failure then. */
  enum Phase {
    SETTINGS(5),
    ARGUMENTS(2),
    START(1),
    LOADING(4);

    private final int ansibles;

    Phase(int ansibles) {
      this.ansibles = ansibles;
    }
  }

  static final int COULD_NOT_START = 1;
  static final int INTERNAL_ERROR = 250;
  private static final int ANSIBLES_INTERRUPTED = 99;

  private Phase phase = Phase.SETTINGS;
  private boolean ansible;
  private int couldNotStart = COULD_NOT_START;

  void enter(Phase next) {
    phase = next;
  }

  /** Finds out how a run is to be shown, before it is known whether its words are right. */
  void show(List<String> words, Settings settings) {
    int at = words.indexOf("--output");
    String output = at >= 0 && at + 1 < words.size() ? words.get(at + 1) : "";
    ansible =
        words.contains("--output=ansible")
            || output.equals("ansible")
            || (at < 0 && settings.get(OutputSettings.OUTPUT).equals("ansible"));
  }

  /** For commands whose 1 means that they found something. */
  void cannotStartWith(int status) {
    couldNotStart = status;
  }

  /** For a failure in what the command is at. */
  int failed(DiagnosticException failure) {
    if (!ansible) {
      return couldNotStart;
    }
    // Ansible does not count a wrong password as a mistake in a playbook.
    return failure.diagnostics().stream().allMatch(VaultException::isOfPassword)
        ? Phase.START.ansibles
        : phase.ansibles;
  }

  /** What is wrong, in the form of the run's output. */
  String words(Diagnostic diagnostic) {
    return ansible ? AnsibleListener.words(diagnostic) : DiagnosticFormatter.format(diagnostic);
  }

  int of(Outcome outcome) {
    return ansible && outcome == Outcome.INTERRUPTED ? ANSIBLES_INTERRUPTED : outcome.exitStatus();
  }
}
