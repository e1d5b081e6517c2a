package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.template.library.PythonRegex;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Destination;
import dev.molt.runner.module.files.FileCommon;
import dev.molt.runner.module.files.FileContent;
import dev.molt.runner.module.files.FileInstall;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFile;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.remote.UnreachableException;
import java.util.Map;
import java.util.Optional;

/** Makes one file of the fragments in a directory. */
public final class AssembleModule implements Module<AssembleModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "The directory of the fragments.",
              required = true,
              missing = "src and dest are required")
          String src,
      @Option(value = "The file to make.", required = true, missing = "src and dest are required")
          String dest,
      @Option("What to put on a line between fragments; \\n and the like are read as in Python.")
          Optional<String> delimiter,
      @Option(value = "The fragments are on the host.", defaultValue = "true") boolean remoteSrc,
      @Option("Only fragments in whose names this regular expression is found.")
          Optional<String> regexp,
      @Option(value = "Leave out names that begin with a dot.", defaultValue = "false")
          boolean ignoreHidden,
      @Option(value = "Keep the old file under a name with the time.", defaultValue = "false")
          boolean backup,
      @Option("Command that must accept the new file, %s, before it is put in place.")
          Optional<String> validate,
      @Option(
              value = "Decrypt fragments of the controller that are encrypted with vault.",
              defaultValue = "true")
          boolean decrypt,
      @Option(value = "Write through a link at dest.", defaultValue = "false") boolean follow,
      FileCommon common) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("assemble", "Makes a file of fragments", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Fragments fragments =
        new Fragments(options.delimiter(), regex(options.regexp()), options.ignoreHidden());
    Plan plan =
        options.remoteSrc()
            ? ofHost(options, fragments, target)
            : install(options, fragments.ofController(options, target), target).plan(target);
    describe(plan.result(), options);
    return plan;
  }

  /** As Ansible's; the one diff is no list here. */
  private static void describe(MapValue result, Options options) {
    result.put("msg", Value.of("OK"));
    result.put("src", Value.of(options.src()));
    if (result.get("diff") instanceof ListValue diff) {
      result.put("diff", diff.items().get(0));
    }
  }

  private static Optional<PythonRegex> regex(Optional<String> regexp) throws ModuleException {
    try {
      return regexp.map(r -> PythonRegex.compile(r, 0, "\u00e9"));
    } catch (ValueException e) {
      throw new ModuleException(
          "Invalid Regexp (" + e.getMessage() + ") in \"" + regexp.orElse("") + "\"");
    }
  }

  private static FileInstall install(Options options, FileContent content, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    FileInstall.Manner manner =
        new FileInstall.Manner(
            options.backup(),
            true,
            options.validate(),
            options.follow(),
            false,
            Optional.empty(),
            options.common().unsafeWrites());
    return new FileInstall(
        Destination.on(target, options.dest()),
        content,
        options.common().attributes(target),
        manner);
  }

  private static Plan ofHost(Options options, Fragments fragments, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String src =
        HostPath.through(target.foreseen(), HostPath.on(target, "src", options.src()), true);
    FileInstall unknown = install(options, FileContent.of("", Optional.empty()), target);
    FileQuery query = unknown.ask(new FileQuery().named(src).contents(src), target);
    HostFiles host = query.content(FileContent.TEXT_LIMIT).ask(target);
    HostFile directory = host.behind(src);
    if (!directory.isDirectory()) {
      throw new ModuleException(
          "Source ("
              + options.src()
              + (directory.exists() ? ") is not a directory" : ") does not exist"));
    }
    Map<String, String> contents = host.contents(src);
    FileContent content = fragments.of(contents);
    return new FileInstall(unknown.dest(), content, unknown.attributes(), unknown.manner())
        .decide(host, query, target);
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Plan.Change change = (Plan.Change) plan;
    Applied applied = FileInstall.apply(change, target);
    describe(applied.result(), options);
    return applied;
  }
}
