package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostChange;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.module.files.Results;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.security.SecureRandom;
import java.util.Optional;

/** Makes a file or directory that did not exist, for its user only. */
public final class TempfileModule implements Module<TempfileModule.Options> {
  /** What to make. */
  public enum State {
    FILE,
    DIRECTORY
  }

  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(value = "What to make.", defaultValue = "file") State state,
      @Option("The directory to make it in; where programs of the host put such files otherwise.")
          Optional<String> path,
      @Option(value = "How its name begins.", defaultValue = "ansible.") String prefix,
      @Option("How its name ends.") Optional<String> suffix) {}

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_";
  private static final int RANDOM_LETTERS = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public Spec<Options> spec() {
    return Spec.of("tempfile", "Makes a temporary file or directory on the host", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target) throws ModuleException {
    String name = options.prefix() + options.suffix().orElse("");
    if (name.indexOf('/') >= 0) {
      throw new ModuleException("prefix and suffix are parts of a name: they hold no slash");
    }
    String what = options.state() == State.FILE ? "file" : "directory";
    return new Plan.Unknown(
        "would make a temporary " + what + ": check mode cannot know its name", MapValue.empty());
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String directory =
        options.path().isPresent()
            ? HostPath.on(target, "path", options.path().get())
            : target.read(Script.of("printf %s \"${TMPDIR:-/tmp}\"")).out();
    String name = options.prefix() + random() + options.suffix().orElse("");
    String path = HostPath.join(HostPath.of("path", directory), name);
    String quoted = ShellQuote.quote(path);
    // Both fail where the name is taken.
    String make =
        options.state() == State.FILE
            ? "umask 077\nset -C\n: >" + quoted + "\nset +C\n"
            : "mkdir -m 700 -- " + quoted + "\n";
    HostFiles host =
        new HostChange("make " + path, make, Optional.empty(), directory)
            .make(new FileQuery().named(path), target);
    MapValue result = MapValue.empty().put("path", Value.of(path));
    return Applied.of(Results.describe(result, host.at(path)));
  }

  private static String random() {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < RANDOM_LETTERS; i++) {
      letters.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }
}
