package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.ListValue;
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

  /** See {@link Option} on each. */
  public record Options(
      @Option("The program and its arguments in one line, with quotes as in sh.")
          Optional<String> cmd,
      @Option("The program and its arguments as a list, instead of cmd.") List<String> argv,
      @Option("The directory to run it in.") Optional<String> chdir,
      @Option("A file or pattern; where it exists, the program is not run.")
          Optional<String> creates,
      @Option("A file or pattern; where it does not exist, the program is not run.")
          Optional<String> removes,
      @Option("What the program reads on its standard input.") Optional<String> stdin,
      @Option(value = "Whether a line break is put after stdin.", defaultValue = "true")
          boolean stdinAddNewline,
      @Option(
              value = "Whether line breaks at the end of output are dropped.",
              defaultValue = "true")
          boolean stripEmptyEnds,
      @Option(value = "Whether the host expands ~ and $NAME in arguments.", defaultValue = "true")
          boolean expandArgumentVars) {}

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
    List<String> words = words(options);
    return new CommandRun(
        ListValue.ofStrings(words),
        options.cmd().orElseGet(() -> Words.quoted(words)),
        words,
        options.expandArgumentVars(),
        new Precondition(options.chdir(), options.creates(), options.removes()),
        options.stdin().map(text -> options.stdinAddNewline() ? text + "\n" : text),
        options.stripEmptyEnds());
  }

  private static List<String> words(Options options) throws ModuleException {
    if (options.cmd().isPresent() && !options.argv().isEmpty()) {
      throw new ModuleException("only command or argv can be given, not both");
    }
    List<String> words = options.argv();
    if (options.cmd().isPresent()) {
      try {
        words = Words.split(options.cmd().get());
      } catch (IllegalArgumentException e) {
        throw new ModuleException(e.getMessage(), e);
      }
    }
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw new ModuleException("no command given");
    }
    return words;
  }
}
