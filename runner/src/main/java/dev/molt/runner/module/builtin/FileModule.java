package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileCommon;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.module.files.PathState;
import dev.molt.runner.module.files.PathState.Wanted;
import dev.molt.runner.module.files.PathTimes;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.Optional;

/** Makes, links, removes paths on the host, and sets who owns them and who may use them. */
public final class FileModule implements Module<FileModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "Path on the host.",
              required = true,
              aliases = {"dest", "name"})
          String path,
      @Option(
              "What it is to be: file (must exist), directory, link, hard, touch, absent. Without"
                  + " it, what it is already.")
          Optional<Wanted> state,
      @Option("What a link leads to, as written into it, or the file a hard link names.")
          Optional<String> src,
      FileCommon common,
      @Option(value = "Set attributes of all that is in a directory.", defaultValue = "false")
          boolean recurse,
      @Option(
              value = "Make links to what does not exist, and in place of files.",
              defaultValue = "false")
          boolean force,
      @Option(value = "Set attributes of what a link leads to.", defaultValue = "true")
          boolean follow,
      @Option("Time of the last change: now, preserve, or one in modification_time_format.")
          Optional<String> modificationTime,
      @Option(
              value = "How modification_time is written, as for strptime.",
              defaultValue = PathTimes.Wanted.FORMAT)
          String modificationTimeFormat,
      @Option("Time of the last use: now, preserve, or one in access_time_format.")
          Optional<String> accessTime,
      @Option(
              value = "How access_time is written, as for strptime.",
              defaultValue = PathTimes.Wanted.FORMAT)
          String accessTimeFormat,
      @Option(value = "Only say whether a file looks binary; change nothing.", name = "_diff_peek")
          Optional<Boolean> diffPeek) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("file", "Makes and removes paths and sets their attributes", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.diffPeek().isPresent()) {
      return peek(HostPath.on(target, "path", options.path()), target);
    }
    return new PathState(
            options.path(),
            options.state(),
            options.src(),
            options.common().attributes(target),
            options.recurse(),
            options.force(),
            options.follow(),
            new PathTimes.Wanted(options.modificationTime(), options.modificationTimeFormat()),
            new PathTimes.Wanted(options.accessTime(), options.accessTimeFormat()))
        .plan(target);
  }

  private static Plan peek(String path, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String count = "head -c 8192 -- @ 2>/dev/null | tr -dc '\\000' | wc -c";
    String zeros = target.read(Script.of(count.replace("@", ShellQuote.quote(path)))).out().strip();
    MapValue result = MapValue.empty().put("path", Value.of(path));
    return Plan.unchanged(result.put("appears_binary", Value.of(!zeros.equals("0"))));
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return PathState.apply((Plan.Change) plan, target);
  }
}
