package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFile;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.remote.UnreachableException;
import java.util.Locale;

/** Says what is at a path. Never changes anything. */
public final class StatModule implements Module<StatModule.Options> {
  /** Programs of coreutils that make a digest. */
  public enum Algorithm {
    MD5,
    SHA1,
    SHA224,
    SHA256,
    SHA384,
    SHA512
  }

  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "Absolute path.",
              required = true,
              aliases = {"dest", "name"})
          String path,
      @Option(value = "Describe what a link leads to.", defaultValue = "false") boolean follow,
      @Option(value = "Digest regular files.", defaultValue = "true") boolean getChecksum,
      @Option(
              value = "Which digest.",
              defaultValue = "sha1",
              aliases = {"checksum", "checksum_algo"})
          Algorithm checksumAlgorithm,
      @Option(value = "Accepted, without effect.", defaultValue = "false") boolean getMime,
      @Option(value = "Accepted, without effect.", defaultValue = "false") boolean getAttributes) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("stat", "Says what is at a path on the host", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String path = HostPath.of("path", options.path());
    String asked = HostPath.through(target.foreseen(), path, options.follow());
    FileQuery query = new FileQuery().named(asked);
    if (options.getChecksum()) {
      query.digests(options.checksumAlgorithm().name().toLowerCase(Locale.ROOT));
    }
    HostFiles host = query.ask(target);
    String shown = options.follow() ? host.real(asked) : asked;
    MapValue stat = MapValue.empty();
    HostFile file = host.at(shown);
    stat.put("exists", Value.of(file.exists()));
    if (file.exists()) {
      stat.put("path", Value.of(options.path()));
      describe(stat, file);
      host.digest(shown).ifPresent(digest -> stat.put("checksum", Value.of(digest)));
      if (file.isLink()) {
        stat.put("lnk_source", Value.of(host.real(asked)));
        stat.put("lnk_target", Value.of(file.state().link().orElse("")));
      }
    }
    return Plan.unchanged(MapValue.empty().put("stat", stat));
  }

  private static void describe(MapValue stat, HostFile file) {
    int type = file.rawMode() & 0170000;
    stat.put("isreg", Value.of(file.isFile()));
    stat.put("isdir", Value.of(file.isDirectory()));
    stat.put("islnk", Value.of(file.isLink()));
    stat.put("isfifo", Value.of(type == 0010000));
    stat.put("ischr", Value.of(type == 0020000));
    stat.put("isblk", Value.of(type == 0060000));
    stat.put("issock", Value.of(type == 0140000));
    stat.put("mode", Value.of(FileMode.octal(file.mode())));
    permissions(stat, file.mode());
    if (file.uid() >= 0) {
      stat.put("uid", Value.of(file.uid()));
    }
    if (file.gid() >= 0) {
      stat.put("gid", Value.of(file.gid()));
    }
    stat.put("pw_name", Value.of(file.state().owner()));
    stat.put("gr_name", Value.of(file.state().group()));
    stat.put("size", Value.of(file.state().size()));
    stat.put("blocks", Value.of(file.blocks()));
    stat.put("inode", Value.of(file.inode()));
    stat.put("dev", Value.of(file.device()));
    stat.put("nlink", Value.of(file.links()));
    stat.put("atime", new FloatValue(Double.parseDouble(file.times().access())));
    stat.put("mtime", new FloatValue(Double.parseDouble(file.times().modification())));
    stat.put("ctime", new FloatValue(Double.parseDouble(file.times().change())));
    stat.put("readable", Value.of(file.readable()));
    stat.put("writeable", Value.of(file.writable()));
    stat.put("executable", Value.of(file.executable()));
  }

  private static void permissions(MapValue stat, int mode) {
    String who = "usr grp oth";
    for (int i = 0; i < 3; i++) {
      String suffix = who.substring(i * 4, i * 4 + 3);
      int bits = mode >> (6 - 3 * i);
      stat.put("r" + suffix, Value.of((bits & 4) != 0));
      stat.put("w" + suffix, Value.of((bits & 2) != 0));
      stat.put("x" + suffix, Value.of((bits & 1) != 0));
    }
    stat.put("isuid", Value.of((mode & 04000) != 0));
    stat.put("isgid", Value.of((mode & 02000) != 0));
  }
}
