package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What a host is called on networks of disks. */
final class StorageNames {
  private StorageNames() {}

  static FactSource fibreChannel() {
    return new FactSource(
        "s fc; cat /sys/class/fc_host/*/port_name\n",
        (reply, facts) -> {
          List<String> names = new ArrayList<>();
          for (String line : reply.lines("fc")) {
            names.add(line.strip().replaceFirst("^0x", ""));
          }
          facts.put("fibre_channel_wwn", ListValue.ofStrings(names));
        });
  }

  static FactSource iscsi() {
    return new FactSource(
        "f /etc/iscsi/initiatorname.iscsi\n",
        (reply, facts) ->
            facts.put(
                "iscsi_iqn",
                Value.of(
                    reply
                        .pairs("/etc/iscsi/initiatorname.iscsi", "=")
                        .getOrDefault("InitiatorName", ""))));
  }

  static FactSource nvme() {
    return new FactSource(
        "f /etc/nvme/hostnqn\n",
        (reply, facts) ->
            facts.put(
                "hostnqn",
                Value.of(
                    reply.lines("/etc/nvme/hostnqn").stream()
                        .map(String::strip)
                        .filter(line -> line.startsWith("nqn."))
                        .findFirst()
                        .orElse(""))));
  }
}
