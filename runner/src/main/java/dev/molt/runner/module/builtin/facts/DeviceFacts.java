package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Disks and their partitions, read off /sys with one process for all files. */
final class DeviceFacts {
  private static final String BLOCK = "/sys/block/";

  static final String SCRIPT =
      """
      s block
      grep -s . /dev/null /sys/block/*/size /sys/block/*/removable /sys/block/*/device/vendor \
        /sys/block/*/device/model /sys/block/*/device/serial /sys/block/*/device/sas_address \
        /sys/block/*/device/sas_device_handle /sys/block/*/queue/rotational \
        /sys/block/*/queue/scheduler /sys/block/*/queue/logical_block_size \
        /sys/block/*/queue/hw_sector_size /sys/block/*/queue/discard_granularity \
        /sys/block/*/queue/discard_max_hw_bytes /sys/block/*/*/start /sys/block/*/*/size \
        /sys/block/*/holders/*/dm/name /sys/block/*/*/holders/*/dm/name
      s block-links
      ls -ld /sys/block/* /sys/block/*/slaves/* /sys/block/*/holders/* /sys/block/*/*/holders/*
      s disk-links
      ls -l /dev/disk/by-id /dev/disk/by-uuid /dev/disk/by-label /dev/null
      has lspci && { s lspci; within lspci -D; }
      """;

  private static final Pattern PCI =
      Pattern.compile(".*/([a-f0-9]{4}:[a-f0-9]{2}:[0-9a-f]{2}\\.[0-7])/.*");

  private final Map<String, String> files;
  private final Map<String, String> links;
  private final Map<String, Map<String, TreeSet<String>>> byKind = new LinkedHashMap<>();
  private final Map<String, String> wwns = new LinkedHashMap<>();
  private final String lspci;

  private DeviceFacts(Reply reply) {
    files = reply.files("block");
    links = reply.links("block-links");
    lspci = reply.raw("lspci");
    for (String kind : List.of("ids", "uuids", "labels", "masters")) {
      byKind.put(kind, new TreeMap<>());
    }
    reply
        .links("disk-links")
        .forEach(
            (path, to) -> {
              String name = base(path);
              String device = base(to);
              add(path.startsWith("/dev/disk/by-id/") ? "ids" : "", device, name);
              add(path.startsWith("/dev/disk/by-uuid/") ? "uuids" : "", device, name);
              add(path.startsWith("/dev/disk/by-label/") ? "labels" : "", device, name);
              if (path.startsWith("/dev/disk/by-id/wwn-")) {
                wwns.put(device, name.substring("wwn-".length()));
              }
            });
    links.keySet().stream()
        .map(path -> path.split("/"))
        .filter(parts -> parts.length == 6 && parts[4].equals("slaves"))
        .forEach(parts -> add("masters", parts[5], parts[3]));
  }

  static void read(Reply reply, MapValue facts) {
    DeviceFacts found = new DeviceFacts(reply);
    MapValue devices = MapValue.empty();
    for (String path : new TreeSet<>(found.links.keySet())) {
      if (path.startsWith(BLOCK) && path.indexOf('/', BLOCK.length()) < 0) {
        devices.put(base(path), found.device(base(path)));
      }
    }
    facts.put("devices", devices);
    MapValue all = MapValue.empty();
    found.byKind.forEach(
        (kind, byDevice) -> {
          MapValue map = MapValue.empty();
          byDevice.forEach((device, names) -> map.put(device, ListValue.ofStrings(names)));
          all.put(kind, map);
        });
    facts.put("device_links", all);
  }

  private void add(String kind, String device, String name) {
    if (!kind.isEmpty()) {
      byKind.get(kind).computeIfAbsent(device, d -> new TreeSet<>()).add(name);
    }
  }

  private MapValue device(String name) {
    String dir = BLOCK + name + "/";
    MapValue device = MapValue.empty().put("virtual", IntValue.of(1)).put("links", links(name));
    for (String key : List.of("vendor", "model", "sas_address", "sas_device_handle")) {
      device.put(key, orNull(dir + "device/" + key));
    }
    if (files.containsKey(dir + "device/serial")) {
      device.put("serial", orNull(dir + "device/serial"));
    }
    device.put("removable", orNull(dir + "removable"));
    // Zero in either says that blocks cannot be given back.
    device.put(
        "support_discard",
        "0".equals(files.get(dir + "queue/discard_max_hw_bytes"))
            ? new StrValue("0")
            : orNull(dir + "queue/discard_granularity"));
    if (wwns.containsKey(name)) {
      device.put("wwn", Value.of(wwns.get(name)));
    }
    device.put("partitions", partitions(name));
    device.put("rotational", orNull(dir + "queue/rotational"));
    Matcher scheduler =
        Pattern.compile("\\[(.*)\\]").matcher(files.getOrDefault(dir + "queue/scheduler", ""));
    device.put("scheduler_mode", Value.of(scheduler.find() ? scheduler.group(1) : ""));
    size(device, dir);
    device.put("host", Value.of(host(name)));
    return device.put("holders", holders(dir));
  }

  private MapValue partitions(String name) {
    MapValue partitions = MapValue.empty();
    Pattern start =
        Pattern.compile(
            Pattern.quote(BLOCK + name + "/") + "(" + Pattern.quote(name) + "p?\\d+)/start");
    for (String path : files.keySet()) {
      Matcher matcher = start.matcher(path);
      if (matcher.matches()) {
        String part = matcher.group(1);
        String dir = BLOCK + name + "/" + part + "/";
        MapValue partition = MapValue.empty().put("links", links(part));
        partition.put("start", orNull(dir + "start"));
        size(partition, dir);
        TreeSet<String> uuids = byKind.get("uuids").get(part);
        partition.put("uuid", uuids == null ? NullValue.NULL : Value.of(uuids.first()));
        partitions.put(part, partition.put("holders", holders(dir)));
      }
    }
    return partitions;
  }

  /** The kernel counts in sectors of 512 bytes, whatever the disk's are. */
  private void size(MapValue device, String dir) {
    String sector = files.get(dir + "queue/logical_block_size");
    if (sector == null) {
      sector = files.get(dir + "queue/hw_sector_size");
    }
    long bytes = Long.parseLong(files.getOrDefault(dir + "size", "0").strip()) * 512;
    long each = sector == null ? 512 : Long.parseLong(sector.strip());
    device.put("sectorsize", sector == null ? IntValue.of(512) : Value.of(sector.strip()));
    device.put("sectors", IntValue.of(bytes / each));
    device.put("size", Value.of(human(bytes / each * each)));
  }

  private MapValue links(String device) {
    MapValue map = MapValue.empty();
    byKind.forEach(
        (kind, byDevice) ->
            map.put(kind, ListValue.ofStrings(byDevice.getOrDefault(device, new TreeSet<>()))));
    return map;
  }

  private ListValue holders(String dir) {
    List<String> names = new ArrayList<>();
    for (String path : links.keySet()) {
      String holder = path.startsWith(dir + "holders/") ? base(path) : "";
      if (holder.startsWith("dm-")) {
        names.add(files.getOrDefault(path + "/dm/name", holder));
      }
    }
    return ListValue.ofStrings(names);
  }

  private String host(String name) {
    Matcher pci = PCI.matcher(links.get(BLOCK + name));
    if (pci.matches()) {
      for (String line : lspci.split("\n")) {
        if (line.startsWith(pci.group(1) + " ")) {
          return line.substring(pci.group(1).length() + 1).strip();
        }
      }
    }
    return "";
  }

  private Value orNull(String path) {
    String text = files.getOrDefault(path, "").strip();
    return text.isEmpty() ? NullValue.NULL : Value.of(text);
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** As {@code 256.00 GB}, where a KB is 1024 bytes. */
  static String human(long bytes) {
    List<String> units = List.of("Bytes", "KB", "MB", "GB", "TB", "PB", "EB");
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, units.get(unit));
  }
}
