package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which programs manage packages and services. */
final class ManagerFacts {
  /** By path, in rising preference. */
  private static final Map<String, String> PACKAGE_MANAGERS = new LinkedHashMap<>();

  static {
    String[][] known = {
      {"/usr/bin/rpm-ostree", "atomic_container"},
      {"/usr/bin/yum", "dnf"},
      {"/usr/bin/dnf-3", "dnf"},
      {"/usr/bin/dnf5", "dnf5"},
      {"/usr/bin/apt-get", "apt"},
      {"/usr/bin/zypper", "zypper"},
      {"/usr/sbin/urpmi", "urpmi"},
      {"/usr/bin/pacman", "pacman"},
      {"/bin/opkg", "opkg"},
      {"/usr/pkg/bin/pkgin", "pkgin"},
      {"/sbin/apk", "apk"},
      {"/usr/bin/emerge", "portage"},
      {"/usr/bin/xbps-install", "xbps"},
      {"/usr/bin/swupd", "swupd"},
      {"/usr/sbin/sorcery", "sorcery"},
    };
    for (String[] manager : known) {
      PACKAGE_MANAGERS.put(manager[0], manager[1]);
    }
  }

  private static final String OSTREE = "/run/ostree-booted";

  /** Of an apt-get that is rpm's own, rpm knows. */
  private static final String PACKAGES =
      """
      [ -e /usr/bin/rpm ] && [ -e /usr/bin/apt-get ] &&
        within rpm -q --whatprovides /usr/bin/apt-get >/dev/null && echo apt-rpm
      s dnf
      for f in /usr/bin/dnf /usr/bin/microdnf; do
        [ -e $f ] && { readlink -f $f; break; }
      done
      """;

  /** Names of process 1 that are not the names of what it is. */
  private static final Map<String, String> INITS =
      Map.of(
          "procd", "openwrt_init",
          "runit-init", "runit",
          "svscan", "svc",
          "openrc-init", "openrc");

  private static final String SERVICES =
      """
      s init
      { cat /proc/1/comm || ps -p 1 -o comm | tail -n 1; }
      s sbin-init; readlink /sbin/init
      s service
      e /run/systemd/system/ /dev/.run/systemd/ /dev/.systemd/ /etc/init/ /sbin/openrc \
        /etc/init.d/ /etc/dinit.d/
      for f in systemctl initctl; do has $f && echo $f; done
      """;

  private ManagerFacts() {}

  static FactSource packages() {
    return new FactSource(
        "s packages; e "
            + OSTREE
            + " "
            + String.join(" ", PACKAGE_MANAGERS.keySet())
            + "\n"
            + PACKAGES,
        (reply, facts) -> facts.put("pkg_mgr", Value.of(packageManager(reply, facts))));
  }

  private static String packageManager(Reply reply, MapValue facts) {
    List<String> there = reply.lines("packages");
    String manager = "unknown";
    for (Map.Entry<String, String> known : PACKAGE_MANAGERS.entrySet()) {
      manager = there.contains(known.getKey()) ? known.getValue() : manager;
    }
    boolean rpmApt = there.contains("apt-rpm");
    return switch (text(facts, "os_family")) {
      case "RedHat" -> redHat(reply, there);
      case "Debian" -> rpmApt ? "apt_rpm" : "apt";
      case "Altlinux" -> manager.equals("apt") ? "apt_rpm" : manager;
      default -> manager.equals("apt") && rpmApt ? "apt_rpm" : manager;
    };
  }

  private static String redHat(Reply reply, List<String> there) {
    if (there.contains(OSTREE)) {
      return "atomic_container";
    }
    // Either may be another name of dnf5.
    return reply
        .find("dnf")
        .map(program -> program.equals("/usr/bin/dnf5") ? "dnf5" : "dnf")
        .orElse("unknown");
  }

  static FactSource services() {
    return new FactSource(
        SERVICES,
        (reply, facts) -> facts.put("service_mgr", Value.of(serviceManager(reply, facts))));
  }

  private static String serviceManager(Reply reply, MapValue facts) {
    String init = reply.text("init");
    if (init.equals("COMMAND") || init.matches("\\s*\\d+ .*")) {
      init = "";
    }
    init = init.isEmpty() ? reply.text("sbin-init") : init;
    init = init.substring(init.lastIndexOf('/') + 1);
    // Many call themselves init, and a shell is process 1 in some containers.
    if (!init.isEmpty() && !init.equals("init") && !init.endsWith("sh")) {
      return INITS.getOrDefault(init, init);
    }
    Set<String> there = Set.copyOf(reply.lines("service"));
    String distribution = text(facts, "distribution");
    if (distribution.equals("OpenWrt")) {
      return "openwrt_init";
    } else if (distribution.equals("SMGL")) {
      return "simpleinit_msb";
    } else if (systemd(there)) {
      return "systemd";
    } else if (there.contains("initctl") && there.contains("/etc/init/")) {
      return "upstart";
    } else if (there.contains("/sbin/openrc")) {
      return "openrc";
    } else if (there.contains("systemctl") && reply.text("sbin-init").matches("(.*/)?systemd")) {
      return "systemd";
    } else if (there.contains("/etc/init.d/")) {
      return "sysvinit";
    }
    return there.contains("/etc/dinit.d/") ? "dinit" : "service";
  }

  private static boolean systemd(Set<String> there) {
    return there.contains("systemctl")
        && (there.contains("/run/systemd/system/")
            || there.contains("/dev/.run/systemd/")
            || there.contains("/dev/.systemd/"));
  }

  /** Version and features of a systemd that runs. */
  static FactSource systemd() {
    return new FactSource(
        "[ -d /run/systemd/system/ ] && has systemctl && { s systemd; systemctl --version; }\n",
        (reply, facts) -> {
          List<String> lines = reply.lines("systemd");
          String[] first = lines.isEmpty() ? new String[0] : lines.get(0).split("\\s+");
          if (first.length > 1 && lines.size() > 1) {
            facts.put(
                "systemd",
                MapValue.empty()
                    .put("features", Value.of(lines.get(1)))
                    .put("version", HostFacts.number(first[1].replaceAll("\\D.*", ""))));
          }
        });
  }

  private static String text(MapValue facts, String name) {
    return facts.get(name) instanceof StrValue text ? text.text() : "";
  }
}
