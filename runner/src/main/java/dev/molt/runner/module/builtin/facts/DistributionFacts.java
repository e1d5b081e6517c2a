package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which distribution it is, by Ansible's names. */
final class DistributionFacts {
  private static final Map<String, List<String>> FAMILIES =
      Map.ofEntries(
          Map.entry(
              "RedHat",
              List.of(
                  "RedHat",
                  "RHEL",
                  "Fedora",
                  "CentOS",
                  "Scientific",
                  "SLC",
                  "Ascendos",
                  "CloudLinux",
                  "PSBM",
                  "OracleLinux",
                  "OVS",
                  "OEL",
                  "Amazon",
                  "Amzn",
                  "Virtuozzo",
                  "XenServer",
                  "Alibaba",
                  "EulerOS",
                  "openEuler",
                  "AlmaLinux",
                  "Rocky",
                  "TencentOS",
                  "EuroLinux",
                  "Kylin Linux Advanced Server",
                  "MIRACLE")),
          Map.entry(
              "Debian",
              List.of(
                  "Debian",
                  "Ubuntu",
                  "Raspbian",
                  "Neon",
                  "KDE neon",
                  "Linux Mint",
                  "SteamOS",
                  "Devuan",
                  "Kali",
                  "Cumulus Linux",
                  "Pop!_OS",
                  "Parrot",
                  "Pardus GNU/Linux",
                  "Uos",
                  "Deepin",
                  "OSMC")),
          Map.entry(
              "Suse",
              List.of(
                  "SuSE",
                  "SLES",
                  "SLED",
                  "openSUSE",
                  "openSUSE Tumbleweed",
                  "SLES_SAP",
                  "SUSE_LINUX",
                  "openSUSE Leap",
                  "ALP-Dolomite",
                  "SL-Micro")),
          Map.entry("Archlinux", List.of("Antergos", "Manjaro")),
          Map.entry("Mandrake", List.of("Mandriva")),
          Map.entry("Gentoo", List.of("Funtoo")),
          Map.entry("ClearLinux", List.of("Clear Linux OS", "Clear Linux Mix")));

  private DistributionFacts() {}

  static FactSource source() {
    Set<String> paths = new LinkedHashSet<>();
    DistributionFiles.ALL.forEach(file -> paths.add(file.path()));
    paths.add("/etc/debian_version");
    return new FactSource(
        "f "
            + String.join(" ", paths)
            + "\ns distribution; e "
            + String.join(" ", paths)
            + "\nreadlink /etc/products.d/baseproduct\n",
        DistributionFacts::read);
  }

  private static void read(Reply reply, MapValue facts) {
    OsRelease os = OsRelease.of(reply);
    String release =
        reply
            .find("/etc/centos-release")
            .or(() -> reply.find("/etc/oracle-release"))
            .orElseGet(() -> reply.text("/etc/redhat-release"));
    Map<String, String> found = new LinkedHashMap<>();
    found.put("distribution", os.name());
    found.put("distribution_version", orNa(os.version(release)));
    found.put("distribution_release", os.codename(release).orElse("NA"));
    found.put("distribution_major_version", orNa(os.version(release).split("\\.", 2)[0]));
    found.put("debian_version", os.debianVersion());
    boolean parsed = byFile(reply, found);
    found.remove("debian_version");
    if (reply.text("distribution").endsWith("SLES_SAP.prod")) {
      found.put("distribution", "SLES_SAP");
    }
    found.forEach((name, value) -> facts.put(name, Value.of(value)));
    if (parsed) {
      facts.put("distribution_file_parsed", BoolValue.TRUE);
    }
    facts.put("os_family", Value.of(family(found.get("distribution"))));
  }

  /** Whether a file's content has told; a file that is only there is not parsed. */
  private static boolean byFile(Reply reply, Map<String, String> found) {
    Set<String> there = Set.copyOf(reply.lines("distribution"));
    for (DistributionFiles.Candidate candidate : DistributionFiles.ALL) {
      Optional<Map<String, String>> facts = Optional.empty();
      if (candidate.empty() && there.contains(candidate.path())) {
        facts = Optional.of(Map.of());
      } else if (reply.find(candidate.path()).isPresent()) {
        facts = DistributionFiles.read(candidate, reply.text(candidate.path()), found);
      }
      if (facts.isPresent()) {
        found.put("distribution", candidate.kind());
        found.put("distribution_file_path", candidate.path());
        found.put("distribution_file_variety", candidate.kind());
        found.putAll(facts.get());
        return !candidate.empty();
      }
    }
    return false;
  }

  private static String orNa(String text) {
    return text.isEmpty() ? "NA" : text;
  }

  private static String family(String distribution) {
    return FAMILIES.entrySet().stream()
        .filter(family -> family.getValue().contains(distribution))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(distribution);
  }

  /** Where there is a program lsb_release, what it would say; it is not run: it may be Python. */
  static FactSource lsb() {
    return new FactSource(
        """
        f /etc/lsb-release /etc/os-release /usr/lib/os-release
        s lsb_release; command -v lsb_release
        """,
        (reply, facts) -> {
          Map<String, String> lsb = OsRelease.assignments(reply.text("/etc/lsb-release"));
          OsRelease os = OsRelease.of(reply);
          MapValue found = MapValue.empty();
          if (lsb.containsKey("DISTRIB_ID")) {
            put(found, "id", lsb.get("DISTRIB_ID"));
            put(found, "description", lsb.get("DISTRIB_DESCRIPTION"));
            put(found, "release", lsb.get("DISTRIB_RELEASE"));
            put(found, "codename", lsb.get("DISTRIB_CODENAME"));
          } else if (reply.find("lsb_release").isPresent() && !os.field("ID").isEmpty()) {
            String id = os.field("ID");
            put(found, "id", id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1));
            put(found, "description", os.field("PRETTY_NAME"));
            put(found, "release", os.fields().getOrDefault("VERSION_ID", "n/a"));
            put(found, "codename", os.fields().getOrDefault("VERSION_CODENAME", "n/a"));
          }
          if (found.has("release")) {
            String release = Python.str(found.get("release"));
            put(found, "major_release", release.split("\\.", 2)[0]);
          }
          facts.put("lsb", found);
        });
  }

  private static void put(MapValue map, String name, String value) {
    if (value != null) {
      map.put(name, Value.of(value));
    }
  }
}
