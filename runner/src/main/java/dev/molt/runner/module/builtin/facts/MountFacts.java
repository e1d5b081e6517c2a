package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mounted file systems that have a device or a server. */
final class MountFacts {
  /**
   * Those on disks are asked for their sizes by one process; one on a server that is gone does not
   * answer, and is given up alone.
   */
  static final String SIZES =
      """
      s statfs
      F='%S %s %b %a %c %d %n'
      set --
      while read -r d m x; do
        case $d in
          //*|*:/*|\\\\*) m=$(printf %b "$m"); within stat -f -c "$F" "$m" & ;;
          /*) m=$(printf %b "$m"); set -- "$@" "$m" ;;
        esac
      done </proc/mounts
      [ $# = 0 ] || within stat -f -c "$F" "$@"
      wait
      set --
      """;

  static final String UUIDS =
      """
      s lsblk
      has lsblk && within lsblk --list --noheadings --paths --output NAME,UUID --exclude 2
      s uuid-links; ls -l /dev/disk/by-uuid /dev/null
      """;

  static final String SCRIPT =
      "s mtab; cat /etc/mtab || cat /proc/mounts\nf /proc/self/mountinfo\n" + SIZES + UUIDS;

  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  private MountFacts() {}

  static void read(Reply reply, MapValue facts) {
    Map<String, MapValue> sizes = sizes(reply);
    Map<String, String> uuids = uuids(reply);
    Set<String> bound = bindMounts(reply);
    List<Value> mounts = new ArrayList<>();
    for (String line : reply.lines("mtab")) {
      String[] fields = unescape(line.strip().split("\\s+"));
      if (fields.length < 6 || !hasDevice(fields[0]) || fields[2].equals("none")) {
        continue;
      }
      boolean bind = bound.contains(fields[1]) && !fields[3].contains("bind");
      MapValue mount =
          MapValue.empty()
              .put("mount", Value.of(fields[1]))
              .put("device", Value.of(fields[0]))
              .put("fstype", Value.of(fields[2]))
              .put("options", Value.of(fields[3] + (bind ? ",bind" : "")))
              .put("dump", HostFacts.number(fields[4]))
              .put("passno", HostFacts.number(fields[5]));
      MapValue size = sizes.get(fields[1]);
      if (size == null) {
        mount.put("note", new StrValue("Could not get extra information due to timeout"));
      } else {
        mount.entries().putAll(size.entries());
        mount.put("uuid", Value.of(uuids.getOrDefault(fields[0], "N/A")));
      }
      mounts.add(mount);
    }
    facts.put("mounts", ListValue.of(mounts));
  }

  private static boolean hasDevice(String device) {
    return device.startsWith("/") || device.startsWith("\\") || device.contains(":/");
  }

  /** Fields of fstab(5), in which {@code \040} is a blank. */
  static String[] unescape(String[] fields) {
    for (int i = 0; i < fields.length; i++) {
      Matcher matcher = OCTAL.matcher(fields[i]);
      fields[i] =
          matcher.replaceAll(
              m ->
                  Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 8))));
    }
    return fields;
  }

  /** Sizes by mount point, in bytes, blocks and inodes. */
  static Map<String, MapValue> sizes(Reply reply) {
    Map<String, MapValue> sizes = new HashMap<>();
    for (String line : reply.lines("statfs")) {
      String[] fields = line.split(" ", 7);
      if (fields.length == 7 && line.matches("(-?\\d{1,18} ){6}.*")) {
        long unit = Long.parseLong(fields[0]);
        long total = Long.parseLong(fields[2]);
        long available = Long.parseLong(fields[3]);
        long inodes = Long.parseLong(fields[4]);
        long inodesLeft = Long.parseLong(fields[5]);
        sizes.put(
            fields[6],
            MapValue.empty()
                .put("size_total", IntValue.of(unit * total))
                .put("size_available", IntValue.of(unit * available))
                .put("block_size", HostFacts.number(fields[1]))
                .put("block_total", IntValue.of(total))
                .put("block_available", IntValue.of(available))
                .put("block_used", IntValue.of(total - available))
                .put("inode_total", IntValue.of(inodes))
                .put("inode_available", IntValue.of(inodesLeft))
                .put("inode_used", IntValue.of(inodes - inodesLeft)));
      }
    }
    return sizes;
  }

  /** Identifiers of file systems, by device. */
  static Map<String, String> uuids(Reply reply) {
    Map<String, String> uuids = new HashMap<>();
    for (String line : reply.lines("lsblk")) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > 1) {
        uuids.putIfAbsent(fields[0], fields[fields.length - 1]);
      }
    }
    reply
        .links("uuid-links")
        .forEach(
            (path, to) ->
                uuids.putIfAbsent(
                    "/dev/" + to.substring(to.lastIndexOf('/') + 1),
                    path.substring(path.lastIndexOf('/') + 1)));
    return uuids;
  }

  /** Mount points whose root is not that of their file system. */
  private static Set<String> bindMounts(Reply reply) {
    Set<String> bound = new HashSet<>();
    for (String line : reply.lines("/proc/self/mountinfo")) {
      String[] fields = unescape(line.split(" "));
      if (fields.length > 4 && !fields[3].equals("/")) {
        bound.add(fields[4]);
      }
    }
    return bound;
  }
}
