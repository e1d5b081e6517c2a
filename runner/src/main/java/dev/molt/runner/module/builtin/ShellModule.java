package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.Optional;

/** Runs a command line through a shell of its own, with pipes, redirections and patterns. */
public final class ShellModule implements Module<ShellModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("shell", "Run a command line through a shell", Options.class).withFreeForm("cmd");

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "The command line, or a script of many lines.", aliases = "_raw_params")
          Optional<String> cmd,
      @Option(value = "The shell, by its full path.", defaultValue = "/bin/sh") String executable,
      ProgramOptions program,
      @Option("Of command only; refused here, where the shell expands what it is told to.")
          Optional<Value> expandArgumentVars) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Background background() {
    return Background.DETACHED;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return run(options).plan(target);
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return run(options).apply(target);
  }

  private static CommandRun run(Options options) throws ModuleException {
    if (options.expandArgumentVars().isPresent()) {
      throw new ModuleException("Unsupported parameters for (shell) module: expand_argument_vars");
    }
    String line =
        options
            .cmd()
            .filter(cmd -> !cmd.isBlank())
            .orElseThrow(() -> CommandModule.nothingToRun("no command given"));
    return new CommandRun(
        new StrValue(line),
        line,
        List.of(options.executable(), "-c", line),
        false,
        options.program(),
        Optional.empty());
  }
}
