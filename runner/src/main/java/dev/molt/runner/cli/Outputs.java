package dev.molt.runner.cli;

import dev.molt.runner.cli.ansible.AnsibleListener;
import dev.molt.runner.cli.ansible.DisplayOptions;
import dev.molt.runner.event.RunListener;
import java.io.PrintStream;
import java.util.List;

/** How a run can be shown: the names that {@code --output} takes. */
final class Outputs {
  /** The first is Molt's own. */
  static final List<String> NAMES = List.of("molt", "ansible", "json");

  private final RunArguments arguments;
  private final PrintStream out;
  private final PrintStream err;
  private RunListener ansible;

  Outputs(RunArguments arguments, PrintStream out, PrintStream err) {
    this.arguments = arguments;
    this.out = out;
    this.err = err;
  }

  /** One for the next playbook; Ansible's is the same for all, so that it warns only once. */
  RunListener listener() {
    if (arguments.output().equals("json")) {
      return new JsonListener(out);
    }
    Style style = Style.detect();
    if (!arguments.output().equals("ansible")) {
      boolean several = arguments.playbooks().size() > 1;
      return new ConsoleListener(out, style, arguments.verbosity(), arguments.diff(), several);
    } else if (ansible == null) {
      DisplayOptions options =
          DisplayOptions.of(arguments.settings(), TerminalSize.columns(), style.colours());
      ansible = new AnsibleListener(out, err, options);
    }
    return ansible;
  }
}
