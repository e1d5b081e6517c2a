package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Interfaces, addresses and routes, of what iproute2 (or busybox) and /sys say of them. */
final class NetworkFacts {
  private static final String PROBE_4 = "8.8.8.8";
  private static final String PROBE_6 = "2404:6800:400a:800::1012";

  private static final String SCRIPT =
      """
      has ip && {
        s ip-addr; ip addr show
        s route4; ip -4 route get %s
        s route6; ip -6 route get %s
        s local4; ip -4 route show table local
        s local6; ip -6 route show table local
        s net
        grep -s . /dev/null /sys/class/net/*/address /sys/class/net/*/mtu \
          /sys/class/net/*/operstate /sys/class/net/*/type /sys/class/net/*/flags \
          /sys/class/net/*/speed /sys/class/net/*/bridge/bridge_id \
          /sys/class/net/*/bridge/stp_state /sys/class/net/*/bonding/* \
          /sys/class/net/*/bonding_slave/perm_hwaddr
        s net-links
        ls -ld /sys/class/net/* /sys/class/net/*/device /sys/class/net/*/device/driver/module \
          /sys/class/net/*/brif/*
        has ethtool && for f in /sys/class/net/*/mtu; do
          f=${f%%/*}; f=${f##*/}
          s "features $f"; within ethtool -k "$f"
          s "stamps $f"; within ethtool -T "$f"
        done
      }
      """
          .formatted(PROBE_4, PROBE_6);

  private NetworkFacts() {}

  static FactSource source() {
    return new FactSource(SCRIPT, NetworkFacts::read);
  }

  private static void read(Reply reply, MapValue facts) {
    if (!reply.has("ip-addr")) {
      return;
    }
    MapValue default4 = route(reply, "route4", PROBE_4);
    MapValue default6 = route(reply, "route6", PROBE_6);
    Map<String, MapValue> interfaces = new LinkedHashMap<>();
    InterfaceFacts.read(reply).forEach(interfaces::put);
    AddressFacts addresses = new AddressFacts(interfaces, default4, default6);
    addresses.read(reply.lines("ip-addr"));
    List<String> names = new ArrayList<>();
    interfaces.forEach(
        (name, values) -> {
          // In a template, a colon would need brackets and quotes.
          String usable = name.replace(':', '_');
          names.add(usable);
          facts.put(usable, values);
        });
    facts.put("interfaces", ListValue.ofStrings(names));
    facts.put("default_ipv4", default4);
    facts.put("default_ipv6", default6);
    facts.put("all_ipv4_addresses", ListValue.ofStrings(addresses.all4()));
    facts.put("all_ipv6_addresses", ListValue.ofStrings(addresses.all6()));
    facts.put(
        "locally_reachable_ips",
        MapValue.empty().put("ipv4", local(reply, "local4")).put("ipv6", local(reply, "local6")));
  }

  /** How a packet to the world would leave. */
  private static MapValue route(Reply reply, String section, String probe) {
    MapValue route = MapValue.empty();
    List<String> lines = reply.lines(section);
    String[] words = lines.isEmpty() ? new String[] {""} : lines.get(0).strip().split("\\s+");
    if (words[0].equals(probe)) {
      for (int i = 1; i + 1 < words.length; i++) {
        switch (words[i]) {
          case "dev" -> route.put("interface", Value.of(words[i + 1]));
          case "src" -> route.put("address", Value.of(words[i + 1]));
          case "via" -> {
            if (!words[i + 1].equals(probe)) {
              route.put("gateway", Value.of(words[i + 1]));
            }
          }
          default -> {}
        }
      }
    }
    return route;
  }

  private static ListValue local(Reply reply, String section) {
    List<String> addresses = new ArrayList<>();
    for (String line : reply.lines(section)) {
      String[] words = line.strip().split("\\s+");
      if (words.length > 1 && words[0].equals("local") && !addresses.contains(words[1])) {
        addresses.add(words[1]);
      }
    }
    return ListValue.ofStrings(addresses);
  }
}
