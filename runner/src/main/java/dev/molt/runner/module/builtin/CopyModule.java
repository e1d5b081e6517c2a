package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Attributes;
import dev.molt.runner.module.files.Destination;
import dev.molt.runner.module.files.FileCommon;
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
                  "Path on the host. A directory, or what ends in a slash, gets a file of the"
                      + " source's name.",
              required = true,
              missing = "dest is required")
          String dest,
      @Option(value = "The source is on the host.", defaultValue = "false") boolean remoteSrc,
      FileCommon common,
      @Option("Permissions of directories that are made.") Optional<FileMode> directoryMode,
      @Option(value = "Keep what is replaced under a name with the time.", defaultValue = "false")
          boolean backup,
      @Option(value = "Replace a file that differs.", defaultValue = "true") boolean force,
      @Option("Command that must accept the new file, %s, before it is put in place.")
          Optional<String> validate,
      @Option(value = "Write through a link at dest.", defaultValue = "false") boolean follow,
      @Option(
              "Follow links in a source directory; yes where it is on the controller, no where it"
                  + " is on the host.")
          Optional<Boolean> localFollow,
      @Option("SHA-1 that the source must have.") Optional<String> checksum,
      @Option(value = "Decrypt a source that is encrypted with vault.", defaultValue = "true")
          boolean decrypt) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("copy", "Puts files on the host", Options.class);
  }

  @Override
  public Background background() {
    return Background.REFUSED;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String src = options.src().orElse("");
    if (src.isEmpty() && options.content().isEmpty()) {
      throw new ModuleException("src (or content) is required");
    }
    if (!src.isEmpty() && options.content().isPresent()) {
      throw new ModuleException("src and content are mutually exclusive");
    }
    if (options.dest().isEmpty()) {
      throw new ModuleException("dest is required");
    }
    if (options.content().isPresent() && options.dest().endsWith("/")) {
      throw new ModuleException("can not use content with a dir as dest");
    }
    Attributes attributes = options.common().attributes(target);
    Destination dest = Destination.on(target, options.dest());
    if (options.content().isPresent()) {
      return install(dest, content(options.content().get()), attributes, options).plan(target);
    }
    if (options.remoteSrc()) {
      return new RemoteCopy(
              src,
              dest,
              attributes,
              manner(options),
              options.localFollow().orElse(false),
              options.checksum())
          .plan(target);
    }
    Path source = target.find("files", src);
    if (Files.isDirectory(source)) {
      return directory(options, source, dest, attributes, target).plan(target);
    }
    FileContent content = FileContent.of(source, options.decrypt(), target);
    Optional<String> sha1 = content.hashes().sha1();
    if (options.checksum().isPresent() && !options.checksum().equals(sha1)) {
      throw RemoteCopy.wrongChecksum(options.checksum().get(), sha1.orElse(""));
    }
    return install(dest, content, attributes, options).plan(target);
  }

  private static FileInstall install(
      Destination dest, FileContent content, Attributes attributes, Options options) {
    return new FileInstall(dest, content, attributes, manner(options));
  }

  private static FileInstall.Manner manner(Options options) {
    return new FileInstall.Manner(
        options.backup(),
        options.force(),
        options.validate(),
        options.follow(),
        false,
        options.directoryMode(),
        options.common().unsafeWrites());
  }

  private static TreeInstall directory(
      Options options, Path source, Destination dest, Attributes attributes, Target target)
      throws ModuleException {
    if (options.validate().isPresent()) {
      throw new ModuleException("validate works on one file, not on the directory " + source);
    }
    boolean inside = options.src().orElse("").endsWith("/");
    boolean preserve = attributes.mode().equals(Optional.of(FileMode.PRESERVE));
    boolean follow = options.localFollow().orElse(true);
    String name = source.toAbsolutePath().normalize().getFileName().toString();
    LocalTree tree = LocalTree.of(source, preserve, follow, options.decrypt(), target);
    TreeSync sync =
        new TreeSync(
            inside ? dest.path() : HostPath.join(dest.path(), name),
            TreeSync.index(tree.entries()),
            attributes,
            options.directoryMode(),
            false,
            false,
            options.force(),
            false);
    MapValue result = MapValue.empty().put("src", Value.of(source + (inside ? "/" : "")));
    return new TreeInstall(
        "copy " + source + " to " + dest.path(),
        sync,
        Optional.of(tree),
        Optional.empty(),
        options.backup(),
        result);
  }

  /** As Ansible: lists and mappings are written as JSON, other values as Python writes them. */
  private static FileContent content(Value value) throws ModuleException {
    boolean json = value instanceof ListValue || value instanceof MapValue;
    try {
      String text = json ? Json.write(value) : Python.str(value);
      FileContent content = FileContent.of(text, Optional.empty());
      return value instanceof StrValue s && s.secret() ? content.asSecret() : content;
    } catch (ValueException e) {
      throw new ModuleException("content cannot be written as JSON: " + e.getMessage());
    }
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return RemoteCopy.apply((Plan.Change) plan, target);
  }
}
