package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.MapValue;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.Optional;

/** Runs a command line as it is, in a shell, and gives back what that said, as it was said. */
public final class RawModule implements Module<RawModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("raw", "Run a command line and give back its output as it is", Options.class)
          .withFreeForm("cmd");

  /** See {@link Option} on each. */
  public record Options(
      @Option(value = "The command line.", aliases = "_raw_params") Optional<String> cmd,
      @Option(value = "The shell, by its full path.", defaultValue = "/bin/sh")
          String executable) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target) throws ModuleException {
    if (options.cmd().filter(cmd -> !cmd.isBlank()).isEmpty()) {
      throw CommandModule.nothingToRun("no command given");
    }
    return new Plan.Unknown(
        "Command would have run if not in check mode: " + options.cmd().orElseThrow(),
        MapValue.empty());
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String shell = ShellQuote.quote(options.executable());
    String line = ShellQuote.quote(options.cmd().orElseThrow());
    Script script =
        Script.of("exec " + shell + " -c " + line + "\n")
            .withDeadline(target.deadline())
            .withLineListener((stderr, text) -> target.progress(text));
    return RawResult.of(target.write(script), target);
  }
}
