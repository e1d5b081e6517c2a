package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.ScriptResult;

/** The result of raw and script, which say less of what they ran than command does. */
final class RawResult {
  private RawResult() {}

  /**
   * What came of it.
   *
   * @throws ModuleException with the same result, if it ended with another status than 0
   */
  static Applied of(ScriptResult answer, Target target) throws ModuleException {
    MapValue result = MapValue.empty().put("rc", IntValue.of(answer.exitStatus()));
    CommandResult.output(result, answer.out(), answer.err());
    result.put("changed", BoolValue.TRUE);
    if (answer.truncated()) {
      CommandResult.cutOff(result);
    }
    if (answer.timedOut()) {
      throw new ModuleException(
          "killed after "
              + target.deadline().toSeconds()
              + " s, which is all it was given (set timeout on the task to give it more)",
          result);
    }
    if (!answer.ok()) {
      throw new ModuleException("non-zero return code " + answer.exitStatus(), result);
    }
    return Applied.of(result);
  }
}
