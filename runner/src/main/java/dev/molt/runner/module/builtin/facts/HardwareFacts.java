package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Memory, processors, firmware, disks, file systems. */
final class HardwareFacts {
  private static final String SCRIPT =
      """
      f /proc/meminfo /proc/uptime
      s dmi; grep -s . /dev/null /sys/devices/virtual/dmi/id/*
      """;

  private static final List<String> FORM_FACTORS =
      List.of(
          "Unknown",
          "Other",
          "Unknown",
          "Desktop",
          "Low Profile Desktop",
          "Pizza Box",
          "Mini Tower",
          "Tower",
          "Portable",
          "Laptop",
          "Notebook",
          "Hand Held",
          "Docking Station",
          "All In One",
          "Sub Notebook",
          "Space-saving",
          "Lunch Box",
          "Main Server Chassis",
          "Expansion Chassis",
          "Sub Chassis",
          "Bus Expansion Chassis",
          "Peripheral Chassis",
          "RAID Chassis",
          "Rack Mount Chassis",
          "Sealed-case PC",
          "Multi-system",
          "CompactPCI",
          "AdvancedTCA",
          "Blade",
          "Blade Enclosure",
          "Tablet",
          "Convertible",
          "Detachable",
          "IoT Gateway",
          "Embedded PC",
          "Mini PC",
          "Stick PC");

  private static final List<String> FIRMWARE =
      List.of(
          "bios_date",
          "bios_vendor",
          "bios_version",
          "board_asset_tag",
          "board_name",
          "board_serial",
          "board_vendor",
          "board_version",
          "chassis_asset_tag",
          "chassis_serial",
          "chassis_vendor",
          "chassis_version",
          "product_name",
          "product_serial",
          "product_uuid",
          "product_version");

  private HardwareFacts() {}

  static FactSource source() {
    return new FactSource(
        SCRIPT
            + ProcessorFacts.SCRIPT
            + DeviceFacts.SCRIPT
            + VolumeFacts.SCRIPT
            + MountFacts.SCRIPT,
        (reply, facts) -> {
          ProcessorFacts.read(reply, facts);
          memory(reply, facts);
          firmware(reply, facts);
          DeviceFacts.read(reply, facts);
          uptime(reply, facts);
          VolumeFacts.read(reply, facts);
          MountFacts.read(reply, facts);
        });
  }

  private static void memory(Reply reply, MapValue facts) {
    Map<String, Long> megabytes = new LinkedHashMap<>();
    reply
        .pairs("/proc/meminfo", ":")
        .forEach(
            (key, value) -> {
              String kilobytes = value.replaceAll("\\D.*", "");
              if (!kilobytes.isEmpty()) {
                megabytes.put(key, Long.parseLong(kilobytes) / 1024);
              }
            });
    if (megabytes.isEmpty()) {
      return;
    }
    for (String key : List.of("MemTotal", "MemFree", "SwapTotal", "SwapFree")) {
      if (megabytes.containsKey(key)) {
        facts.put(key.toLowerCase(Locale.ROOT) + "_mb", IntValue.of(megabytes.get(key)));
      }
    }
    Long total = megabytes.get("MemTotal");
    Long free = megabytes.get("MemFree");
    Long unused = sum(sum(free, megabytes.get("Cached")), megabytes.get("Buffers"));
    Long swap = megabytes.get("SwapTotal");
    Long swapFree = megabytes.get("SwapFree");
    facts.put(
        "memory_mb",
        MapValue.empty()
            .put(
                "real",
                MapValue.empty()
                    .put("total", number(total))
                    .put("used", number(less(total, free)))
                    .put("free", number(free)))
            .put(
                "nocache",
                MapValue.empty()
                    .put("free", number(unused))
                    .put("used", number(less(total, unused))))
            .put(
                "swap",
                MapValue.empty()
                    .put("total", number(swap))
                    .put("free", number(swapFree))
                    .put("used", number(less(swap, swapFree)))
                    .put("cached", number(megabytes.get("SwapCached")))));
  }

  private static Long sum(Long a, Long b) {
    return a == null || b == null ? null : Long.valueOf(a + b);
  }

  private static Long less(Long a, Long b) {
    return a == null || b == null ? null : Long.valueOf(a - b);
  }

  private static Value number(Long value) {
    return value == null ? NullValue.NULL : IntValue.of(value);
  }

  private static void firmware(Reply reply, MapValue facts) {
    Map<String, String> dmi = reply.files("dmi");
    for (String name : FIRMWARE) {
      facts.put(name, Value.of(orNa(dmi.get(VirtualFacts.DMI + name))));
    }
    facts.put("system_vendor", Value.of(orNa(dmi.get(VirtualFacts.DMI + "sys_vendor"))));
    String chassis = orNa(dmi.get(VirtualFacts.DMI + "chassis_type"));
    if (chassis.matches("\\d{1,6}")) {
      int number = Integer.parseInt(chassis);
      chassis =
          number < FORM_FACTORS.size() ? FORM_FACTORS.get(number) : "unknown (" + number + ")";
    }
    facts.put("form_factor", Value.of(chassis));
  }

  private static String orNa(String text) {
    return text == null || text.isBlank() ? "NA" : text.strip();
  }

  private static void uptime(Reply reply, MapValue facts) {
    List<String> words = reply.words("/proc/uptime");
    if (!words.isEmpty() && words.get(0).matches("\\d{1,12}(\\.\\d+)?")) {
      facts.put("uptime_seconds", IntValue.of((long) Double.parseDouble(words.get(0))));
    }
  }
}
