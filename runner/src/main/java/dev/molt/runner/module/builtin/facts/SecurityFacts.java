package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What restricts programs on a host. */
final class SecurityFacts {
  private static final Pattern CONFIGURED =
      Pattern.compile("(?m)^\\s*(SELINUX|SELINUXTYPE)\\s*=\\s*(\\S+)");

  private SecurityFacts() {}

  static FactSource selinux() {
    return new FactSource(
        "f /sys/fs/selinux/enforce /sys/fs/selinux/policyvers /etc/selinux/config\n",
        (reply, facts) -> {
          MapValue selinux = MapValue.empty();
          Optional<String> enforce = reply.find("/sys/fs/selinux/enforce");
          selinux.put("status", Value.of(enforce.isPresent() ? "enabled" : "disabled"));
          if (enforce.isPresent()) {
            selinux.put(
                "policyvers",
                reply
                    .find("/sys/fs/selinux/policyvers")
                    .filter(v -> v.matches("\\d{1,9}"))
                    .map(v -> Value.of(Long.parseLong(v)))
                    .orElse(Value.of("unknown")));
            selinux.put("config_mode", configured(reply, "SELINUX"));
            selinux.put("mode", Value.of(enforce.get().equals("1") ? "enforcing" : "permissive"));
            selinux.put("type", configured(reply, "SELINUXTYPE"));
          }
          facts.put("selinux", selinux);
          // Asked by playbooks that would install Python's bindings, which nothing here needs.
          facts.put("selinux_python_present", BoolValue.TRUE);
        });
  }

  private static Value configured(Reply reply, String key) {
    Matcher matcher = CONFIGURED.matcher(reply.raw("/etc/selinux/config"));
    while (matcher.find()) {
      if (matcher.group(1).equals(key)) {
        return Value.of(matcher.group(2));
      }
    }
    return Value.of("unknown");
  }

  static FactSource apparmor() {
    return new FactSource(
        "s apparmor; e /sys/kernel/security/apparmor\n",
        (reply, facts) ->
            facts.put(
                "apparmor",
                MapValue.empty()
                    .put(
                        "status",
                        Value.of(reply.find("apparmor").isPresent() ? "enabled" : "disabled"))));
  }

  /** Without root's rights to look at process 1, the number of the root directory has to tell. */
  static FactSource chroot() {
    return new FactSource(
        """
        s chroot
        printf '%s\\n' "${debian_chroot-}"
        stat -L -c '%d:%i' / /proc/1/root/.
        s filesystem; stat -f -c %T /
        """,
        (reply, facts) -> {
          List<String> lines = reply.raw("chroot").lines().toList();
          boolean inside = !lines.isEmpty() && !lines.get(0).isEmpty();
          if (!inside && lines.size() > 2) {
            inside = !lines.get(1).equals(lines.get(2));
          } else if (!inside && lines.size() == 2) {
            String number = lines.get(1).substring(lines.get(1).indexOf(':') + 1);
            String filesystem = reply.text("filesystem");
            inside = !number.equals(rootNumber(filesystem));
          }
          facts.put("is_chroot", BoolValue.of(inside));
        });
  }

  private static String rootNumber(String filesystem) {
    return filesystem.contains("btrfs") ? "256" : filesystem.contains("xfs") ? "128" : "2";
  }

  static FactSource fips() {
    return new FactSource(
        "f /proc/sys/crypto/fips_enabled\n",
        (reply, facts) ->
            facts.put(
                "fips", BoolValue.of(reply.text("/proc/sys/crypto/fips_enabled").equals("1"))));
  }

  static FactSource capabilities() {
    return new FactSource(
        "has capsh && { s caps; within capsh --print; }\n",
        (reply, facts) -> {
          Optional<String> current =
              reply.lines("caps").stream().filter(l -> l.startsWith("Current:")).findFirst();
          if (current.isEmpty()) {
            boolean asked = reply.has("caps");
            facts.put("system_capabilities_enforced", new StrValue(asked ? "NA" : "N/A"));
            facts.put("system_capabilities", asked ? ListValue.of() : new StrValue("N/A"));
            return;
          }
          String set = current.get().substring("Current:".length()).strip();
          boolean all = set.equals("=ep");
          facts.put("system_capabilities_enforced", Value.of(all ? "False" : "True"));
          List<String> names =
              all
                  ? List.of()
                  : Arrays.stream(set.substring(set.indexOf('=') + 1).split(","))
                      .map(String::strip)
                      .toList();
          facts.put("system_capabilities", ListValue.ofStrings(names));
        });
  }
}
