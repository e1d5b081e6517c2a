package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.remote.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Copies a file of the host to the controller. What it changes is here, not on the host. */
public final class FetchModule implements Module<FetchModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option("The file on the host.") Optional<Value> src,
      @Option(
              "The directory on the controller to keep it in, below the host's name and with its"
                  + " whole path.")
          Optional<Value> dest,
      @Option(
              value = "dest is the file itself or, with a slash at its end, its directory.",
              defaultValue = "false")
          boolean flat,
      @Option(value = "Fail if the file cannot be had.", defaultValue = "true")
          boolean failOnMissing,
      @Option(value = "Compare what came with what is on the host.", defaultValue = "true")
          boolean validateChecksum) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("fetch", "Copies a file of the host to the controller", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target) throws ModuleException {
    text("source", options.src());
    text("dest", options.dest());
    if (options.src().isEmpty() || options.dest().isEmpty()) {
      throw new ModuleException("src and dest are required");
    }
    return new Plan.Unknown("check mode not (yet) supported for this module", MapValue.empty());
  }

  private static String text(String name, Optional<Value> value) throws ModuleException {
    if (value.isPresent() && !(value.get() instanceof StrValue)) {
      throw new ModuleException(
          "Invalid type supplied for " + name + " option, it must be a string");
    }
    return value.map(v -> ((StrValue) v).text()).orElse("");
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String source = HostPath.on(target, "src", text("source", options.src()));
    Path dest = destination(options, source, target);
    HostDownload download = new HostDownload(source, dest);
    try {
      download.run(options.validateChecksum(), target);
    } catch (HostDownload.Refused e) {
      return refused(options, source, e);
    }
    MapValue result = MapValue.empty();
    result.put("changed", Value.of(download.changed()));
    result.put("dest", Value.of(dest.toString()));
    result.put("checksum", Value.of(download.sha1()));
    result.put("md5sum", Value.of(download.md5()));
    if (download.changed()) {
      result.put("remote_checksum", Value.of(download.sha1()));
      result.put("remote_md5sum", NullValue.NULL);
    } else {
      result.put("file", Value.of(source));
    }
    return Applied.of(result);
  }

  private static Applied refused(Options options, String source, HostDownload.Refused why)
      throws ModuleException {
    MapValue result = MapValue.empty().put("changed", Value.of(false));
    result.put("file", Value.of(source));
    String message =
        why.isMissing()
            ? "the remote file does not exist, not transferring, ignored"
            : why.getMessage();
    if (options.failOnMissing()) {
      throw new ModuleException(message, result);
    }
    return Applied.of(
        result.put("msg", Value.of(why.isMissing() ? message : message + ", ignored")));
  }

  private static Path destination(Options options, String source, Target target)
      throws ModuleException {
    String written = text("dest", options.dest());
    Path dest = target.local(written);
    if (!options.flat()) {
      Path root = dest.resolve(target.inventoryHost());
      Path file = Path.of(root + "/" + source).normalize();
      if (!file.startsWith(root.normalize())) {
        throw new ModuleException(
            "Detected directory traversal, expected to be contained in '"
                + root
                + "' but got '"
                + file
                + "'");
      }
      return file;
    }
    if (!written.endsWith("/")) {
      if (Files.isDirectory(dest)) {
        throw new ModuleException(
            "dest is an existing directory, use a trailing slash if you want to fetch src into"
                + " that directory");
      }
      return dest.normalize();
    }
    Path file = dest.resolve(HostPath.name(source)).normalize();
    if (Files.isDirectory(file)) {
      throw new ModuleException(
          "calculated dest '"
              + file
              + "' is an existing directory, use another path that does not point to an existing"
              + " directory");
    }
    return file;
  }
}
