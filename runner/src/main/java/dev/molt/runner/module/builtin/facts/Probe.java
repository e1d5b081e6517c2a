package dev.molt.runner.module.builtin.facts;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.util.concurrent.ThreadLocalRandom;

/** Runs a script that tells of a host in sections. */
final class Probe {
  private Probe() {}

  /**
   * Runs it.
   *
   * @param script what {@link FactScript#of} takes, with a mark that this makes
   * @param what for messages: what could not be found out
   * @throws ModuleException if the host gave no answer, or the script an error
   */
  static Reply ask(Target target, Marked script, String what)
      throws ModuleException, UnreachableException, InterruptedException {
    String mark = "molt-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ":";
    ScriptResult answer = target.read(Script.of(script.text(mark)).withDeadline(target.deadline()));
    if (answer.timedOut() || !answer.ok()) {
      throw new ModuleException(
          what
              + (answer.timedOut()
                  ? ": no answer in " + target.deadline().toSeconds() + " s"
                  : ": the script ended with " + answer.exitStatus() + " " + answer.err().strip()));
    }
    return Reply.parse(answer.stdout(), mark);
  }

  /** Makes a script whose sections' names stand after a mark. */
  @FunctionalInterface
  interface Marked {
    String text(String mark);
  }
}
