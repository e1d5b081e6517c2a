package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists file systems that are mounted, or are to be, from the sources that are asked for. Only
 * those that pass the filters are asked for their sizes, so that one that hangs can be left out.
 */
public final class MountFactsModule implements Module<MountFactsModule.Options> {
  /** What stat(1) is asked of a file system. */
  private static final String STATFS = String.join(" ", "%S", "%s", "%b", "%a", "%c", "%d", "%n");

  private static final Spec<Options> SPEC =
      Spec.of("mount_facts", "List the file systems of a host", Options.class);

  /** What a file system is worth that does not answer in time. */
  public enum OnTimeout {
    ERROR,
    WARN,
    IGNORE
  }

  /** See {@link Option} on each. */
  public record Options(
      @Option("Patterns; only file systems on devices that match one are listed.")
          List<String> devices,
      @Option("Patterns; only file systems of types that match one are listed.")
          List<String> fstypes,
      @Option("Where to look: files, mount, or all, static, dynamic; all if empty.")
          List<String> sources,
      @Option(
              value = "What lists mounts where a file does not; null for nothing.",
              defaultValue = "mount")
          Value mountBinary,
      @Option("Seconds that one file system may take to answer.") Optional<Double> timeout,
      @Option(value = "What to do about one that does not answer.", defaultValue = "error")
          OnTimeout onTimeout,
      @Option("Whether to list all that is found, also what is mounted over.")
          Optional<Boolean> includeAggregateMounts) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    validate(options);
    List<String> warnings = new ArrayList<>();
    List<String> sources = MountSources.named(options.sources(), warnings);
    Optional<String> binary =
        options.mountBinary() instanceof StrValue text
            ? Optional.of(text.text())
            : Optional.empty();
    FactSource asked = MountSources.script(sources, binary);
    Reply found =
        Probe.ask(
            target,
            mark -> FactScript.of(List.of(asked), mark, seconds(options), ""),
            "the mounts could not be listed");
    Map<String, String> uuids = MountFacts.uuids(found);
    List<MapValue> mounts = new ArrayList<>();
    for (MapValue mount : MountSources.read(found, sources, binary)) {
      String device = MountSources.device(mount, uuids);
      if (matches(options.devices(), device)
          && matches(options.fstypes(), ((StrValue) mount.get("fstype")).text())) {
        String uuid = uuids.get(device);
        mount.put("uuid", uuid == null ? NullValue.NULL : Value.of(uuid));
        mounts.add(mount);
      }
    }
    sizes(options, mounts, target, warnings);
    return Plan.unchanged(result(options, mounts, warnings));
  }

  private static void validate(Options options) throws ModuleException {
    if (options.timeout().isPresent() && options.timeout().get() <= 0) {
      throw new ModuleException(
          "argument 'timeout' must be a positive number or null, not " + options.timeout().get());
    } else if (!(options.mountBinary() instanceof StrValue
        || options.mountBinary() == NullValue.NULL)) {
      throw new ModuleException(
          "argument 'mount_binary' must be a string or null, not " + options.mountBinary());
    } else if (options.sources().contains("")) {
      throw new ModuleException("sources contains an empty string");
    }
  }

  private static int seconds(Options options) {
    return (int) Math.max(1, Math.ceil(options.timeout().orElse(60.0)));
  }

  private static boolean matches(List<String> patterns, String text) {
    return patterns.isEmpty()
        || patterns.stream().anyMatch(p -> FactFilter.pattern(p).matcher(text).matches());
  }

  /** Each is asked on its own where a time is set, all at once otherwise. */
  private static void sizes(
      Options options, List<MapValue> mounts, Target target, List<String> warnings)
      throws ModuleException, UnreachableException, InterruptedException {
    Set<String> points = new LinkedHashSet<>();
    mounts.forEach(mount -> points.add(point(mount)));
    if (points.isEmpty()) {
      return;
    }
    StringBuilder script = new StringBuilder("exec 2>/dev/null\ns statfs\nF='" + STATFS + "'\n");
    int number = 0;
    for (String point : points) {
      String quoted = ShellQuote.quote(point);
      String limit =
          options.timeout().map(t -> String.format(Locale.ROOT, "timeout %.3f ", t)).orElse("");
      script.append("{ [ ! -e " + quoted + " ] || " + limit + "stat -f -c \"$F\" " + quoted);
      script.append(" || echo \"late $? " + number++ + "\"; } &\n");
    }
    script.append("wait\n");
    FactSource source = new FactSource(script.toString(), (reply, facts) -> {});
    Reply reply =
        Probe.ask(
            target,
            mark -> FactScript.of(List.of(source), mark, seconds(options), ""),
            "the sizes of file systems could not be found out");
    Map<String, MapValue> sizes = MountFacts.sizes(reply);
    for (MapValue mount : mounts) {
      MapValue size = sizes.get(point(mount));
      if (size != null) {
        mount.entries().putAll(size.entries());
      }
    }
    List<String> all = List.copyOf(points);
    for (String line : reply.lines("statfs")) {
      if (line.matches("late 124 \\d+") && options.onTimeout() != OnTimeout.IGNORE) {
        String message =
            "Timed out getting mount size for mount "
                + all.get(Integer.parseInt(line.substring("late 124 ".length())));
        if (options.onTimeout() == OnTimeout.ERROR) {
          throw new ModuleException(message);
        }
        warnings.add(message);
      }
    }
  }

  private static String point(MapValue mount) {
    return ((StrValue) mount.get("mount")).text();
  }

  private static MapValue result(Options options, List<MapValue> mounts, List<String> warnings) {
    Map<String, MapValue> first = new LinkedHashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (MapValue mount : mounts) {
      first.putIfAbsent(point(mount), mount);
      Value source = ((MapValue) mount.get("ansible_context")).get("source");
      if (!seen.add(source + " " + point(mount))) {
        repeated.add(point(mount));
      }
    }
    if (!repeated.isEmpty() && options.includeAggregateMounts().isEmpty()) {
      warnings.add(
          "mount_facts: ignoring repeat mounts of "
              + String.join(", ", repeated)
              + "; include_aggregate_mounts says whether to list them");
    }
    boolean aggregate = options.includeAggregateMounts().orElse(false);
    MapValue facts =
        MapValue.empty()
            .put("mount_points", MapValue.ofStrings(first))
            .put("aggregate_mounts", aggregate ? ListValue.of(mounts) : ListValue.of());
    MapValue result = MapValue.empty().put("ansible_facts", facts);
    return warnings.isEmpty() ? result : result.put("warnings", ListValue.ofStrings(warnings));
  }
}
