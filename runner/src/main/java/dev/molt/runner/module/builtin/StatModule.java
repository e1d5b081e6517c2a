package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Expansion;
import dev.molt.runner.module.files.FileFlags;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFile;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.module.files.StatKeys;
import dev.molt.runner.remote.UnreachableException;
import java.util.Optional;

/** Says what is at a path. Never changes anything. */
public final class StatModule implements Module<StatModule.Options> {
  /** The options; Ansible's names and meanings. */
  public record Options(
      @Option(
              value = "Path on the host.",
              required = true,
              aliases = {"dest", "name"})
          String path,
      @Option(value = "Describe what a link leads to.", defaultValue = "false") boolean follow,
      @Option(value = "Digest regular files.", defaultValue = "true") boolean getChecksum,
      @Option(
              value = "Which digest.",
              defaultValue = "sha1",
              aliases = {"checksum", "checksum_algo"})
          DigestAlgorithm checksumAlgorithm,
      @Option(
              value = "Say what file(1) takes it for.",
              defaultValue = "true",
              aliases = {"mime", "mime_type", "mime-type"})
          boolean getMime,
      @Option(
              value = "Say which flags lsattr(1) shows.",
              defaultValue = "true",
              aliases = {"attr", "attributes"})
          boolean getAttributes) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of("stat", "Says what is at a path on the host", Options.class);
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String path = HostPath.on(target, "path", options.path());
    String asked = HostPath.through(target.foreseen(), path, options.follow());
    FileQuery query = new FileQuery().named(asked);
    if (options.getChecksum()) {
      query.digests(options.checksumAlgorithm().program());
    }
    if (options.getMime()) {
      query.mime(asked);
    }
    if (options.getAttributes()) {
      query.flags(asked);
    }
    HostFiles host = query.ask(target);
    String shown = options.follow() ? host.real(asked) : asked;
    MapValue stat = MapValue.empty();
    HostFile file = host.at(shown);
    stat.put("exists", Value.of(file.exists()));
    if (file.exists()) {
      // As written, but for what the host expands.
      stat.put("path", Value.of(Expansion.isNeeded(options.path()) ? path : options.path()));
      StatKeys.put(stat, file);
      HostFile behind = host.behind(asked);
      stat.put("readable", Value.of(behind.readable()));
      stat.put("writeable", Value.of(behind.writable()));
      stat.put("executable", Value.of(behind.executable()));
      host.digest(shown).ifPresent(digest -> stat.put("checksum", Value.of(digest)));
      if (file.isLink()) {
        stat.put("lnk_source", Value.of(host.real(asked)));
        stat.put("lnk_target", Value.of(file.state().link().orElse("")));
      }
      if (options.getMime()) {
        mime(stat, host.mime(asked));
      }
      if (options.getAttributes()) {
        flags(stat, host.version(asked), host.flags(asked));
      }
    }
    return Plan.unchanged(MapValue.empty().put("stat", stat));
  }

  private static void mime(MapValue stat, Optional<String> said) {
    String[] parts = said.orElse("").split("; charset=", 2);
    boolean known = parts.length == 2;
    stat.put("mimetype", Value.of(known ? parts[0] : "unknown"));
    stat.put("charset", Value.of(known ? parts[1] : "unknown"));
  }

  private static void flags(MapValue stat, Optional<String> version, Optional<String> flags) {
    stat.put("version", version.<Value>map(Value::of).orElse(NullValue.NULL));
    stat.put("attributes", ListValue.ofStrings(FileFlags.names(flags.orElse(""))));
    stat.put("attr_flags", Value.of(flags.orElse("")));
  }
}
