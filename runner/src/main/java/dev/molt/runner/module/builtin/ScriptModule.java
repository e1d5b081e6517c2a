package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileContent;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes a script from the controller to the host, runs it there, and takes it away again. */
public final class ScriptModule implements Module<ScriptModule.Options> {
  private static final Spec<Options> SPEC =
      Spec.of("script", "Run a script of the controller's on the host", Options.class)
          .withFreeForm("cmd");

  /** See {@link Option} on each. */
  public record Options(
      @Option(
              value = "The script, looked for as files are, and what the shell is to add to it.",
              aliases = "_raw_params")
          Optional<String> cmd,
      @Option("The directory to run it in; an absolute path.") Optional<String> chdir,
      @Option("A file or pattern; where it exists, nothing is run.") Optional<String> creates,
      @Option("A file or pattern; where it does not exist, nothing is run.")
          Optional<String> removes,
      @Option("What runs the script, instead of what its first line says.")
          Optional<String> executable,
      @Option(value = "Whether a script that vault encrypted is decrypted.", defaultValue = "true")
          boolean decrypt) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Precondition precondition =
        new Precondition(Optional.empty(), options.creates(), options.removes());
    Optional<Precondition.Met> met = precondition.satisfied(target);
    if (met.isPresent()) {
      String option = met.get().exists() ? "creates" : "removes";
      return Plan.unchanged(
          MapValue.empty()
              .put("skipped", BoolValue.TRUE)
              .put(
                  "msg",
                  new StrValue(
                      met.get().path()
                          + " "
                          + met.get().words()
                          + ", matching "
                          + option
                          + " option")));
    }
    if (options.chdir().filter(dir -> !dir.startsWith("/")).isPresent()) {
      throw new ModuleException(
          "chdir "
              + options.chdir().get()
              + " must be an absolute path for a Unix-aware remote"
              + " node");
    }
    Path file = file(options, target);
    MapValue result = MapValue.empty();
    if (!precondition.isEmpty()) {
      result.put("changed", BoolValue.TRUE);
    }
    return new Plan.Unknown("would run " + file + " on the host", result);
  }

  private static Path file(Options options, Target target) throws ModuleException {
    return target.find("files", Words.first(line(options)).text());
  }

  private static String line(Options options) throws ModuleException {
    return options
        .cmd()
        .map(String::strip)
        .filter(cmd -> !cmd.isEmpty())
        .orElseThrow(
            () -> new ModuleException("one of the following is required: _raw_params, cmd"));
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Path file = file(options, target);
    Content content = FileContent.of(file, options.decrypt(), target).content().orElseThrow();
    String line = line(options);
    String arguments = line.substring(Words.first(line).end());
    Script script =
        Script.of(text(options, file.getFileName().toString(), arguments))
            .withStdin(content)
            .withDeadline(target.deadline())
            .withLineListener((stderr, text) -> target.progress(text));
    return RawResult.of(target.write(script), target);
  }

  /**
   * The script goes to a directory of its own, under its own name, which it may look at. The
   * directory goes away when it ends, or is ended; its arguments are for the shell to read.
   */
  private static String text(Options options, String name, String arguments) {
    String program =
        options.executable().map(e -> e + " ").orElse("") + "\"$molt_d\"/" + ShellQuote.quote(name);
    return """
    molt_d=$(mktemp -d "${TMPDIR:-/tmp}/molt-XXXXXXXX") || exit
    trap 'rm -rf "$molt_d"' EXIT
    trap 'exit 143' HUP INT TERM
    cat >"$molt_d"/%1$s || exit
    chmod 700 "$molt_d"/%1$s || exit
    %2$s
    ( exec 0</dev/null
    %3$s%4$s
    )
    """
        .formatted(
            ShellQuote.quote(name),
            options
                .chdir()
                .map(dir -> "CDPATH= cd -P -- " + ShellQuote.quote(dir) + " || exit")
                .orElse(""),
            program,
            arguments);
  }
}
