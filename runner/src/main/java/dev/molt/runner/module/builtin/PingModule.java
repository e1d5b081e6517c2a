package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.time.Duration;

/** Proves that a host answers as the user that the task becomes. */
public final class PingModule implements Module<PingModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("ping", "Prove that a host answers", Options.class);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "What to give back; 'crash' fails.", defaultValue = "pong") String data) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    ScriptResult answer = target.read(Script.of("echo pong").withDeadline(DEADLINE));
    if (!answer.out().strip().equals("pong")) {
      throw new ModuleException(
          target.host()
              + " did not answer as a shell does"
              + (answer.timedOut() ? " within 30 s" : ": " + answer.err().strip()));
    }
    if (options.data().equals("crash")) {
      // What a module of Ansible's says that breaks.
      throw new ModuleException(
          "boom",
          MapValue.empty()
              .put("rc", IntValue.of(1))
              .put("module_stdout", StrValue.EMPTY)
              .put("module_stderr", new StrValue("Exception: boom")));
    }
    return Plan.unchanged(MapValue.empty().put("ping", new StrValue(options.data())));
  }
}
