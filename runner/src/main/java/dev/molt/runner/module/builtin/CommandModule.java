package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
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

/** Runs one program. No shell looks at its arguments: no pipes, no redirections, no patterns. */
public final class CommandModule implements Module<CommandModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("command", "Run a program without a shell", Options.class).withFreeForm("cmd");

  /** What Ansible ends with where it has nothing to run. */
  private static final int NOTHING_TO_RUN = 256;

  /** See {@link Option} on each. */
  public record Options(
      @Option(
              value = "The program and its arguments in one line, with quotes as in sh.",
              aliases = "_raw_params")
          Optional<String> cmd,
      @Option("The program and its arguments as a list, instead of cmd.") List<String> argv,
      ProgramOptions program,
      @Option(value = "Whether the host expands ~ and $NAME in arguments.", defaultValue = "true")
          boolean expandArgumentVars,
      @Option("Accepted with a warning, without effect: there is no shell to choose.")
          Optional<String> executable) {}

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
    List<String> words = words(options);
    return new CommandRun(
        ListValue.ofStrings(words),
        options.cmd().orElseGet(() -> Words.quoted(words)),
        words,
        options.expandArgumentVars(),
        options.program(),
        options
            .executable()
            .map(
                shell ->
                    "command runs its program without a shell: the option 'executable' is no longer"
                        + " supported, and "
                        + shell
                        + " is not used (the module shell has such an option)"));
  }

  private static List<String> words(Options options) throws ModuleException {
    boolean line = options.cmd().filter(cmd -> !cmd.isBlank()).isPresent();
    if (line && !options.argv().isEmpty()) {
      throw nothingToRun("only command or argv can be given, not both");
    }
    List<String> words = options.argv();
    if (line) {
      try {
        words = Words.split(options.cmd().orElseThrow());
      } catch (IllegalArgumentException e) {
        throw new ModuleException(e.getMessage(), e);
      }
    }
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw nothingToRun("no command given");
    }
    return words;
  }

  /** The failure of a task that does not say what to run. */
  static ModuleException nothingToRun(String message) {
    return new ModuleException(
        message,
        MapValue.empty()
            .put("rc", IntValue.of(NOTHING_TO_RUN))
            .put("stdout", StrValue.EMPTY)
            .put("stderr", StrValue.EMPTY));
  }
}
