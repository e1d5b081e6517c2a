package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.remote.ShellQuote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files and the program that tell of mounts, and what they say. */
final class MountSources {
  /** The name that stands for the program. */
  private static final String MOUNT = "mount";

  private static final List<String> DYNAMIC = List.of("/etc/mtab", "/proc/mounts", "/etc/mnttab");
  private static final List<String> STATIC = List.of("/etc/fstab");
  private static final Pattern LINE = Pattern.compile("(.+?) on (.+) type (\\S+) \\((.+)\\)");

  private MountSources() {}

  /** The sources by their own names, each once. */
  static List<String> named(List<String> given, List<String> warnings) {
    List<String> all = new ArrayList<>();
    for (String source : given.isEmpty() ? List.of("all") : given) {
      switch (source) {
        case "all" -> {
          all.addAll(DYNAMIC);
          all.addAll(STATIC);
        }
        case "dynamic" -> all.addAll(DYNAMIC);
        case "static" -> all.addAll(STATIC);
        default -> all.add(source);
      }
    }
    Set<String> once = new LinkedHashSet<>(all);
    if (once.size() < all.size()) {
      warnings.add(
          "mount_facts option 'sources' contains duplicate entries, repeat sources will be ignored:"
              + " "
              + all);
    }
    return List.copyOf(once);
  }

  /** The program is asked where it is named, and where it may be needed. */
  static FactSource script(List<String> sources, Optional<String> binary) {
    StringBuilder script = new StringBuilder(FactScript.ownEnvironment().script());
    for (String source : sources) {
      if (!source.equals(MOUNT)) {
        String quoted = ShellQuote.quote(source);
        script.append("s real:" + quoted + "; readlink -f " + quoted + "\nf " + quoted + "\n");
      }
    }
    boolean needed = sources.contains(MOUNT) || sources.stream().anyMatch(DYNAMIC::contains);
    if (binary.isPresent() && needed) {
      script.append("s mount; within " + ShellQuote.quote(binary.get()) + "\n");
    }
    return new FactSource(script + MountFacts.UUIDS, (reply, facts) -> {});
  }

  /** Every mount that a source tells of, in order; of two names for one file, the first counts. */
  static List<MapValue> read(Reply reply, List<String> sources, Optional<String> binary) {
    List<MapValue> mounts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean fallback = binary.isPresent() && sources.stream().anyMatch(DYNAMIC::contains);
    for (String source : sources) {
      List<MapValue> found = new ArrayList<>();
      if (source.equals(MOUNT)) {
        reply.lines(MOUNT).forEach(line -> printed(line).ifPresent(found::add));
      } else if (seen.add(
          reply.text("real:" + source).replaceFirst("^/proc/\\d+/", "/proc/self/"))) {
        reply.lines(source).forEach(line -> entry(source, line).ifPresent(found::add));
      }
      if (!found.isEmpty() && (source.equals(MOUNT) || DYNAMIC.contains(source))) {
        fallback = false;
      }
      mounts.addAll(found);
    }
    if (fallback) {
      reply.lines(MOUNT).forEach(line -> printed(line).ifPresent(mounts::add));
    }
    return mounts;
  }

  /** A line of fstab(5). */
  private static Optional<MapValue> entry(String source, String line) {
    String stripped = line.strip();
    String[] fields = MountFacts.unescape(stripped.split("\\s+"));
    if (stripped.startsWith("#") || fields.length < 4) {
      return Optional.empty();
    }
    MapValue mount = mount(fields[0], fields[1], fields[2], fields[3]);
    if (fields.length > 5) {
      mount.put("dump", HostFacts.number(fields[4]));
      mount.put("passno", HostFacts.number(fields[5]));
    }
    return Optional.of(context(mount, source, stripped));
  }

  /** A line of what the program prints. */
  private static Optional<MapValue> printed(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches()
        ? Optional.of(
            context(
                mount(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)),
                MOUNT,
                line))
        : Optional.empty();
  }

  private static MapValue mount(String device, String point, String type, String options) {
    return MapValue.empty()
        .put("mount", Value.of(point))
        .put("device", Value.of(device))
        .put("fstype", Value.of(type))
        .put("options", Value.of(options));
  }

  private static MapValue context(MapValue mount, String source, String line) {
    return mount.put(
        "ansible_context",
        MapValue.empty().put("source", Value.of(source)).put("source_data", Value.of(line)));
  }

  /** The device itself, where a mount names it by its identifier. */
  static String device(MapValue mount, Map<String, String> uuids) {
    String device = ((StrValue) mount.get("device")).text();
    if (!device.startsWith("UUID=")) {
      return device;
    }
    String uuid = device.substring("UUID=".length());
    return uuids.entrySet().stream()
        .filter(known -> known.getValue().equals(uuid))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(device);
  }
}
