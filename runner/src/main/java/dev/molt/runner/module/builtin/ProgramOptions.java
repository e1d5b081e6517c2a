package dev.molt.runner.module.builtin;

import dev.molt.runner.module.Option;
import java.util.Optional;

/** What command and shell have in common. See {@link Option} on each. */
public record ProgramOptions(
    @Option("The directory to run it in.") Optional<String> chdir,
    @Option("A file or pattern; where it exists, nothing is run.") Optional<String> creates,
    @Option("A file or pattern; where it does not exist, nothing is run.") Optional<String> removes,
    @Option("What is read on standard input.") Optional<String> stdin,
    @Option(value = "Whether a line break is put after stdin.", defaultValue = "true")
        boolean stdinAddNewline,
    @Option(value = "Whether line breaks at the end of output are dropped.", defaultValue = "true")
        boolean stripEmptyEnds) {

  /** As if none of them were given. */
  public static final ProgramOptions NONE =
      new ProgramOptions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, true);

  /** What says whether there is something to do. */
  Precondition precondition() {
    return new Precondition(chdir, creates, removes);
  }

  /** What goes to standard input. */
  Optional<String> input() {
    return stdin.map(text -> stdinAddNewline ? text + "\n" : text);
  }
}
