package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.StrValue;
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
      @Option(value = "The command line, or a script of many lines.", required = true) String cmd,
      @Option(value = "The shell, by its full path.", defaultValue = "/bin/sh") String executable,
      @Option("The directory to run it in.") Optional<String> chdir,
      @Option("A file or pattern; where it exists, nothing is run.") Optional<String> creates,
      @Option("A file or pattern; where it does not exist, nothing is run.")
          Optional<String> removes,
      @Option("What the command reads on its standard input.") Optional<String> stdin,
      @Option(value = "Whether a line break is put after stdin.", defaultValue = "true")
          boolean stdinAddNewline) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
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
    if (options.cmd().isBlank()) {
      throw new ModuleException("no command given");
    }
    return new CommandRun(
        new StrValue(options.cmd()),
        options.cmd(),
        List.of(options.executable(), "-c", options.cmd()),
        false,
        new Precondition(options.chdir(), options.creates(), options.removes()),
        options.stdin().map(text -> options.stdinAddNewline() ? text + "\n" : text),
        true);
  }
}
