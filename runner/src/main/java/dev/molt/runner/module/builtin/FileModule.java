package dev.molt.runner.module.builtin;

import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Attributes;
import dev.molt.runner.module.files.PathState;
import dev.molt.runner.module.files.PathState.Wanted;
import dev.molt.runner.remote.UnreachableException;
import java.util.Optional;

/** Makes, links, removes paths on the host, and sets who owns them and who may use them. */
public final class FileModule implements Module<FileModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "Absolute path on the host.",
              required = true,
              aliases = {"dest", "name"})
          String path,
      @Option(
              "What it is to be: file (must exist), directory, link, hard, touch, absent. Without"
                  + " it, only attributes are set.")
          Optional<Wanted> state,
      @Option("What a link leads to, as written into it, or the file a hard link names.")
          Optional<String> src,
      @Option("User that is to own it.") Optional<String> owner,
      @Option("Group that is to own it.") Optional<String> group,
      @Option("Permissions, such as '0755' or 'u=rwX,go=rX'.") Optional<FileMode> mode,
      @Option(value = "Set attributes of all that is in a directory.", defaultValue = "false")
          boolean recurse,
      @Option(
              value = "Make links to what does not exist, and in place of files.",
              defaultValue = "false")
          boolean force,
      @Option(value = "Set attributes of what a link leads to.", defaultValue = "true")
          boolean follow) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("file", "Makes and removes paths and sets their attributes", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return new PathState(
            options.path(),
            options.state(),
            options.src(),
            new Attributes(options.owner(), options.group(), options.mode()),
            options.recurse(),
            options.force(),
            options.follow())
        .plan(target);
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return PathState.apply((Plan.Change) plan, target);
  }
}
