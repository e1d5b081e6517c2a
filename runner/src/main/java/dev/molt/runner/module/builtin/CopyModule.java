package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
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
import dev.molt.runner.module.files.FileContent;
import dev.molt.runner.module.files.FileInstall;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.module.files.LocalTree;
import dev.molt.runner.module.files.RemoteCopy;
import dev.molt.runner.module.files.TreeInstall;
import dev.molt.runner.module.files.TreeSync;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a file, a directory or a text on the host. */
public final class CopyModule implements Module<CopyModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              "File or directory to copy. Of a directory whose name ends in a slash, only what is"
                  + " in it.")
          Optional<String> src,
      @Option("What the file is to hold, instead of src.") Optional<Value> content,
      @Option(
              value =
                  "Absolute path on the host. A directory, or what ends in a slash, gets a file of"
                      + " the source's name.",
              required = true)
          String dest,
      @Option(value = "The source is on the host.", defaultValue = "false") boolean remoteSrc,
      @Option("User that is to own it.") Optional<String> owner,
      @Option("Group that is to own it.") Optional<String> group,
      @Option("Permissions of files, or preserve for the source's.") Optional<FileMode> mode,
      @Option("Permissions of directories that are made.") Optional<FileMode> directoryMode,
      @Option(value = "Keep what is replaced under a name with the time.", defaultValue = "false")
          boolean backup,
      @Option(
              value = "Replace a file that differs.",
              defaultValue = "true",
              aliases = {"thirsty"})
          boolean force,
      @Option("Command that must accept the new file, %s, before it is put in place.")
          Optional<String> validate,
      @Option(value = "Write through a link at dest.", defaultValue = "false") boolean follow,
      @Option(value = "Follow links in a source directory.", defaultValue = "true")
          boolean localFollow,
      @Option("SHA-1 that the source must have.") Optional<String> checksum) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("copy", "Puts files on the host", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.src().isPresent() == options.content().isPresent()) {
      throw new ModuleException("give either src or content");
    }
    Attributes attributes = new Attributes(options.owner(), options.group(), options.mode());
    if (options.content().isPresent()) {
      Value value = options.content().get();
      boolean secret = value instanceof StrValue text && text.secret();
      return file(options, FileContent.of(text(value), Optional.empty()), attributes, secret)
          .plan(target);
    }
    String src = options.src().get();
    if (options.remoteSrc()) {
      FileInstall shape = file(options, FileContent.of("", Optional.empty()), attributes, false);
      return new RemoteCopy(src, shape, options.directoryMode()).plan(target);
    }
    Path source = target.find("files", src);
    if (Files.isDirectory(source)) {
      return directory(options, source, attributes).plan(target);
    }
    FileContent content = FileContent.of(source);
    if (options.checksum().isPresent() && !options.checksum().equals(content.sha1())) {
      throw new ModuleException(
          source
              + " has the checksum "
              + content.sha1().orElse("")
              + ", not "
              + options.checksum().get());
    }
    return file(options, content, attributes, false).plan(target);
  }

  private static FileInstall file(
      Options options, FileContent content, Attributes attributes, boolean sensitive) {
    return new FileInstall(
        options.dest(),
        content,
        attributes,
        options.backup(),
        options.force(),
        options.validate(),
        options.follow(),
        sensitive);
  }

  private static TreeInstall directory(Options options, Path source, Attributes attributes)
      throws ModuleException {
    if (options.validate().isPresent()) {
      throw new ModuleException("validate works on one file, not on the directory " + source);
    }
    String dest = HostPath.of("dest", options.dest());
    boolean inside = options.src().orElse("").endsWith("/");
    boolean preserve = options.mode().equals(Optional.of(FileMode.PRESERVE));
    String name = source.toAbsolutePath().normalize().getFileName().toString();
    LocalTree tree = LocalTree.of(source, "", preserve, options.localFollow());
    TreeSync sync =
        new TreeSync(
            inside ? dest : HostPath.join(dest, name),
            TreeSync.index(tree.entries()),
            attributes,
            options.directoryMode(),
            false,
            options.force(),
            false);
    MapValue result = MapValue.empty().put("src", Value.of(source.toString()));
    return new TreeInstall(
        "copy " + source + " to " + dest,
        sync,
        Optional.of(tree),
        Optional.empty(),
        options.backup(),
        result);
  }

  private static String text(Value value) throws ModuleException {
    if (value instanceof StrValue text) {
      return text.text();
    }
    if (value instanceof IntValue || value instanceof FloatValue || value instanceof BoolValue) {
      return value instanceof BoolValue
          ? BoolValue.TRUE.equals(value) ? "True" : "False"
          : value.toString();
    }
    throw new ModuleException(
        "content is not a text; for JSON write content: '{{ ... | to_json }}'");
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return RemoteCopy.apply((Plan.Change) plan, target);
  }
}
