package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses, as {@code ip addr} lists them, put to the interfaces that have them. */
final class AddressFacts {
  private static final Pattern HEAD = Pattern.compile("\\d+: ([^:@\\s]+(?::[^:@\\s]+)*)[@:].*");

  private final Map<String, MapValue> interfaces;
  private final MapValue default4;
  private final MapValue default6;
  private final List<String> all4 = new ArrayList<>();
  private final List<String> all6 = new ArrayList<>();

  AddressFacts(Map<String, MapValue> interfaces, MapValue default4, MapValue default6) {
    this.interfaces = interfaces;
    this.default4 = default4;
    this.default6 = default6;
  }

  List<String> all4() {
    return all4;
  }

  List<String> all6() {
    return all6;
  }

  void read(List<String> lines) {
    String device = "";
    List<String> secondary = new ArrayList<>();
    for (String line : lines) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        secondary(device, secondary);
        device = head.group(1);
      } else if (isSecondary(line)) {
        secondary.add(line);
      } else {
        address(device, line, false);
      }
    }
    secondary(device, secondary);
  }

  /** A temporary address is a secondary one, by another word. */
  private static boolean isSecondary(String line) {
    return line.contains(" secondary") || line.contains(" temporary");
  }

  private void secondary(String device, List<String> lines) {
    lines.forEach(line -> address(device, line, true));
    lines.clear();
  }

  private void address(String device, String line, boolean secondary) {
    String[] words = line.strip().split("\\s+");
    MapValue own = interfaces.get(device);
    if (own == null || words.length < 2) {
      return;
    }
    if (words[0].equals("inet")) {
      ipv4(device, own, words, secondary);
    } else if (words[0].equals("inet6")) {
      ipv6(own, words);
    }
  }

  private void ipv4(String device, MapValue own, String[] words, boolean secondary) {
    String[] parts = words[1].split("/", 2);
    String prefix = parts.length > 1 ? parts[1] : "32";
    boolean broadcast = parts.length > 1 && words.length > 3 && words[2].equals("brd");
    if (!prefix.matches("\\d{1,2}") || !parts[0].matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      return;
    }
    long mask = (0xffffffffL << (32 - Integer.parseInt(prefix))) & 0xffffffffL;
    MapValue address =
        MapValue.empty()
            .put("address", Value.of(parts[0]))
            .put("broadcast", Value.of(broadcast ? words[3] : ""))
            .put("netmask", Value.of(dotted(mask)))
            .put("network", Value.of(dotted(number(parts[0]) & mask)))
            .put("prefix", Value.of(prefix));
    // An address may have a label of its own, such as eth0:1.
    String label = words[words.length - 1];
    MapValue labelled =
        label.equals(device) ? own : interfaces.computeIfAbsent(label, l -> MapValue.empty());
    if (!secondary && !labelled.has("ipv4")) {
      labelled.put("ipv4", address);
    } else {
      append(labelled, "ipv4_secondaries", address);
    }
    if (secondary && !label.equals(device)) {
      append(own, "ipv4_secondaries", address);
    }
    if (new StrValue(parts[0]).equals(default4.get("address"))) {
      for (String key : List.of("broadcast", "netmask", "network", "prefix")) {
        default4.put(key, address.get(key));
      }
      link(default4, own);
      default4.put("alias", Value.of(label));
    }
    if (!parts[0].startsWith("127.")) {
      all4.add(parts[0]);
    }
  }

  private void ipv6(MapValue own, String[] words) {
    boolean peer = words.length > 5 && words[2].equals("peer");
    String[] prefixed = (peer ? words[3] : words[1]).split("/", 2);
    String address = peer ? words[1] : prefixed[0];
    int scope = peer ? 5 : 3;
    if (prefixed.length < 2 || words.length <= scope) {
      return;
    }
    MapValue value =
        MapValue.empty()
            .put("address", Value.of(address))
            .put("prefix", Value.of(prefixed[1]))
            .put("scope", Value.of(words[scope]));
    append(own, "ipv6", value);
    if (new StrValue(address).equals(default6.get("address"))) {
      default6.put("prefix", value.get("prefix"));
      default6.put("scope", value.get("scope"));
      link(default6, own);
    }
    if (!address.equals("::1")) {
      all6.add(address);
    }
  }

  private static void link(MapValue route, MapValue own) {
    Value unknown = Value.of("unknown");
    route.put("macaddress", own.has("macaddress") ? own.get("macaddress") : Value.of(""));
    route.put("mtu", own.has("mtu") ? own.get("mtu") : unknown);
    route.put("type", own.has("type") ? own.get("type") : unknown);
  }

  private static void append(MapValue values, String key, Value item) {
    if (values.get(key) instanceof ListValue list) {
      list.items().add(item);
    } else {
      values.put(key, ListValue.of(item));
    }
  }

  private static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.")) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }

  private static String dotted(long number) {
    return (number >> 24 & 255)
        + "."
        + (number >> 16 & 255)
        + "."
        + (number >> 8 & 255)
        + "."
        + (number & 255);
  }
}
