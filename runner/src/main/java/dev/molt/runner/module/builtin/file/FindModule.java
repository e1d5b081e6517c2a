package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.builtin.DigestAlgorithm;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.Optional;

/** Lists what is in directories of the host. Never changes anything. */
public final class FindModule implements Module<FindModule.Options> {
  /** What kind of thing to find. */
  public enum FileType {
    FILE,
    DIRECTORY,
    LINK,
    ANY
  }

  /** Which of a path's times counts. */
  public enum Stamp {
    MTIME,
    ATIME,
    CTIME
  }

  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "The directories to look in.",
              required = true,
              aliases = {"name", "path"})
          List<String> paths,
      @Option(
              value = "Names to find, as the shell or, with use_regex, Python has patterns.",
              aliases = {"pattern"})
          List<String> patterns,
      @Option(
              value = "Names not to find, though a pattern fits.",
              aliases = {"exclude"})
          List<String> excludes,
      @Option("What a line of the file is to begin with: a regular expression.")
          Optional<String> contains,
      @Option(
              value = "contains is looked for anywhere in the file, which is read as a whole.",
              defaultValue = "false")
          boolean readWholeFile,
      @Option(value = "What kind of thing to find.", defaultValue = "file") FileType fileType,
      @Option("How old it is at least, or with a minus at most: a number with s, m, h, d or w.")
          Optional<String> age,
      @Option(value = "Which time counts for age.", defaultValue = "mtime") Stamp ageStamp,
      @Option("How long it is at least, or with a minus at most: a number with b, k, m, g or t.")
          Optional<String> size,
      @Option(value = "Look in directories below, too.", defaultValue = "false") boolean recurse,
      @Option(value = "Find names that begin with a dot, too.", defaultValue = "false")
          boolean hidden,
      @Option(value = "Look behind links to directories, too.", defaultValue = "false")
          boolean follow,
      @Option(value = "Digest the files found.", defaultValue = "false") boolean getChecksum,
      @Option(
              value = "Which digest.",
              defaultValue = "sha1",
              aliases = {"checksum", "checksum_algo"})
          DigestAlgorithm checksumAlgorithm,
      @Option(value = "patterns and excludes are regular expressions.", defaultValue = "false")
          boolean useRegex,
      @Option("How many levels to look at.") Optional<Integer> depth,
      @Option("The permissions that it has.") Optional<FileMode> mode,
      @Option(
              value = "It has exactly these permissions, not just one of them.",
              defaultValue = "true")
          boolean exactMode,
      @Option("How the files are encoded that contains is looked for in; UTF-8 unless given.")
          Optional<String> encoding,
      @Option("How many to find at most.") Optional<Integer> limit) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("find", "Lists files of the host by their properties", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.limit().isPresent() && options.limit().get() <= 0) {
      throw new ModuleException(
          "limit cannot be " + options.limit().get() + " (use None for unlimited)");
    }
    Search search = new Search(options, target);
    search.run();
    MapValue skipped = MapValue.empty();
    search.skipped().forEach((path, why) -> skipped.put(path, Value.of(why)));
    MapValue result = MapValue.empty();
    result.put("files", ListValue.of(search.found()));
    result.put("matched", Value.of(search.found().size()));
    result.put("examined", Value.of(search.examined()));
    result.put("skipped_paths", skipped);
    result.put("msg", Value.of(search.message()));
    if (!search.warnings().isEmpty()) {
      result.put("warnings", ListValue.ofStrings(search.warnings()));
    }
    return Plan.unchanged(result);
  }
}
