package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each interface is, its addresses aside. */
final class InterfaceFacts {
  private static final String NET = "/sys/class/net/";
  private static final int PROMISCUOUS = 0x100;
  private static final Map<String, String> TYPES =
      Map.of("1", "ether", "32", "infiniband", "512", "ppp", "772", "loopback", "65534", "tunnel");

  private final Reply reply;
  private final Map<String, String> files;
  private final Map<String, String> links;

  private InterfaceFacts(Reply reply) {
    this.reply = reply;
    this.files = reply.files("net");
    this.links = reply.links("net-links");
  }

  /** By name, in the order of names. */
  static Map<String, MapValue> read(Reply reply) {
    InterfaceFacts found = new InterfaceFacts(reply);
    Map<String, MapValue> interfaces = new LinkedHashMap<>();
    for (String path : found.links.keySet()) {
      if (path.startsWith(NET) && path.indexOf('/', NET.length()) < 0) {
        String name = path.substring(NET.length());
        interfaces.put(name, found.describe(name, path + "/"));
      }
    }
    return interfaces;
  }

  private MapValue describe(String name, String dir) {
    MapValue values = MapValue.empty().put("device", Value.of(name));
    String mac = text(dir + "address");
    if (!mac.isEmpty() && !mac.equals("00:00:00:00:00:00")) {
      values.put("macaddress", Value.of(mac));
    }
    number(values, "mtu", dir + "mtu");
    if (files.containsKey(dir + "operstate")) {
      values.put("active", BoolValue.of(!text(dir + "operstate").equals("down")));
    }
    if (links.containsKey(dir + "device/driver/module")) {
      values.put("module", base(links.get(dir + "device/driver/module")));
    }
    if (files.containsKey(dir + "type")) {
      values.put("type", Value.of(TYPES.getOrDefault(text(dir + "type"), "unknown")));
    }
    bridge(values, dir);
    bonding(values, dir);
    if (links.containsKey(dir + "device")) {
      values.put("pciid", base(links.get(dir + "device")));
    }
    number(values, "speed", dir + "speed");
    String flags = text(dir + "flags").replace("0x", "");
    if (flags.matches("[0-9a-fA-F]{1,8}")) {
      boolean promiscuous = (Long.parseLong(flags, 16) & PROMISCUOUS) != 0;
      values.put("promisc", BoolValue.of(promiscuous));
    }
    ethtool(values, name);
    return values;
  }

  private void bridge(MapValue values, String dir) {
    if (!files.containsKey(dir + "bridge/bridge_id")) {
      return;
    }
    values.put("type", Value.of("bridge"));
    List<String> members = new ArrayList<>();
    for (String path : links.keySet()) {
      if (path.startsWith(dir + "brif/")) {
        members.add(path.substring((dir + "brif/").length()));
      }
    }
    values.put("interfaces", ListValue.ofStrings(members));
    values.put("id", Value.of(text(dir + "bridge/bridge_id")));
    values.put("stp", BoolValue.of(text(dir + "bridge/stp_state").equals("1")));
  }

  private void bonding(MapValue values, String dir) {
    if (files.containsKey(dir + "bonding/mode")) {
      values.put("type", Value.of("bonding"));
      String slaves = text(dir + "bonding/slaves");
      values.put(
          "slaves",
          ListValue.ofStrings(slaves.isEmpty() ? List.of() : List.of(slaves.split("\\s+"))));
      for (String key : List.of("mode", "miimon", "lacp_rate")) {
        values.put(key, Value.of(text(dir + "bonding/" + key).split("\\s+", 2)[0]));
      }
      String primary = text(dir + "bonding/primary");
      if (!primary.isEmpty()) {
        values.put("primary", Value.of(primary));
        values.put(
            "all_slaves_active", BoolValue.of(text(dir + "bonding/all_slaves_active").equals("1")));
      }
    }
    if (files.containsKey(dir + "bonding_slave/perm_hwaddr")) {
      values.put("perm_macaddress", Value.of(text(dir + "bonding_slave/perm_hwaddr")));
    }
  }

  private void ethtool(MapValue values, String name) {
    MapValue features = MapValue.empty();
    reply
        .pairs("features " + name, ": ")
        .forEach((key, value) -> features.put(key.replace('-', '_'), Value.of(value)));
    if (!features.entries().isEmpty()) {
      values.put("features", features);
    }
    String stamps = reply.raw("stamps " + name);
    if (!stamps.isBlank()) {
      values.put("timestamping", matches("SOF_TIMESTAMPING_(\\w+)", stamps));
      values.put("hw_timestamp_filters", matches("HWTSTAMP_FILTER_(\\w+)", stamps));
      Matcher clock = Pattern.compile("PTP Hardware Clock: (\\d{1,9})").matcher(stamps);
      if (clock.find()) {
        values.put("phc_index", HostFacts.number(clock.group(1)));
      }
    }
  }

  private static ListValue matches(String regex, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(regex).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1).toLowerCase(Locale.ROOT));
    }
    return ListValue.ofStrings(found);
  }

  private void number(MapValue values, String key, String path) {
    String text = text(path);
    if (!text.isEmpty()) {
      values.put(key, HostFacts.number(text));
    }
  }

  private String text(String path) {
    return files.getOrDefault(path, "").strip();
  }

  private static Value base(String path) {
    return Value.of(path.substring(path.lastIndexOf('/') + 1));
  }
}
