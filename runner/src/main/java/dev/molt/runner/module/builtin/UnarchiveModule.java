package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Attributes;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.module.files.TreeEntry;
import dev.molt.runner.module.files.TreeInstall;
import dev.molt.runner.module.files.TreeSync;
import dev.molt.runner.module.files.archive.ArchiveCache;
import dev.molt.runner.module.files.archive.ArchiveSelection;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Unpacks an archive of the controller in a directory of the host. The archive itself stays here:
 * only the entries that the host lacks are sent.
 */
public final class UnarchiveModule implements Module<UnarchiveModule.Options> {
  private static final Pattern STRIP = Pattern.compile("--strip(?:-components)?=(\\d+)");

  /** Of archives, not of hosts or tasks: the same file gives the same answer to all. */
  private final ArchiveCache archives = new ArchiveCache();

  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(value = "The archive: tar, tar.gz, tar.bz2 or zip.", required = true) String src,
      @Option(value = "Absolute path of the directory to unpack in; must exist.", required = true)
          String dest,
      @Option(value = "The archive is on the host. Not supported.", defaultValue = "false")
          boolean remoteSrc,
      @Option(value = "The archive is on the controller.", defaultValue = "true") boolean copy,
      @Option("Do nothing where this path exists on the host.") Optional<String> creates,
      @Option("User that is to own everything, instead of the archive's.") Optional<String> owner,
      @Option("Group that is to own everything, instead of the archive's.") Optional<String> group,
      @Option("Permissions of everything, such as 'u=rwX,go=rX'.") Optional<FileMode> mode,
      @Option("Unpack only these.") List<String> include,
      @Option("Leave these out.") List<String> exclude,
      @Option("Only --strip-components=N is supported.") List<String> extraOpts,
      @Option(value = "Return the names of all entries.", defaultValue = "false") boolean listFiles,
      @Option(value = "Leave alone what is newer on the host.", defaultValue = "false")
          boolean keepNewer) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("unarchive", "Unpacks an archive on the host", Options.class);
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.remoteSrc() || !options.copy()) {
      throw new ModuleException(
          "remote_src is not supported yet: give an archive of the controller, or run tar with"
              + " command and creates");
    }
    String dest = HostPath.through(target.foreseen(), HostPath.of("dest", options.dest()), true);
    Path file = target.find("files", options.src());
    ArchiveSelection selection =
        ArchiveSelection.of(
            archives.get(file), options.include(), options.exclude(), strip(options.extraOpts()));
    MapValue result = MapValue.empty().put("src", Value.of(file.toString()));
    TreeMap<String, TreeEntry> index = TreeSync.index(selection.entries());
    if (options.listFiles()) {
      result.put("files", ListValue.ofStrings(index.keySet()));
    }
    TreeSync sync =
        new TreeSync(
            dest,
            index,
            new Attributes(options.owner(), options.group(), options.mode()),
            Optional.empty(),
            true,
            false,
            true,
            options.keepNewer());
    TreeInstall install =
        new TreeInstall(
            "unpack " + file + " in " + dest,
            sync,
            Optional.of(selection),
            Optional.empty(),
            false,
            result);
    FileQuery query = install.ask(new FileQuery()).named(dest);
    if (options.creates().isPresent()) {
      query.named(HostPath.of("creates", options.creates().get()));
    }
    HostFiles host = query.ask(target);
    if (options.creates().isPresent()) {
      String creates = HostPath.of("creates", options.creates().get());
      if (host.behind(creates).exists()) {
        return Plan.unchanged(result.put("msg", Value.of("skipped, since " + creates + " exists")));
      }
    }
    if (!host.behind(dest).isDirectory()) {
      throw new ModuleException(
          "dest "
              + dest
              + (host.at(dest).exists() ? " is no directory" : " does not exist")
              + " on the host; unarchive does not make it");
    }
    return install.decide(host, query);
  }

  private static int strip(List<String> options) throws ModuleException {
    int strip = 0;
    for (String option : options) {
      Matcher matcher = STRIP.matcher(option);
      if (!matcher.matches()) {
        throw new ModuleException(
            "extra_opts: " + option + " is not supported; only --strip-components=N is");
      }
      strip = Integer.parseInt(matcher.group(1));
    }
    return strip;
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return TreeInstall.apply((Plan.Change) plan, target);
  }
}
