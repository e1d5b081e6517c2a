package dev.molt.runner.module.builtin.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files by which distributions are told apart, in the order in which they are tried. The first
 * whose content fits decides.
 */
final class DistributionFiles {
  /**
   * A file.
   *
   * @param kind the distribution, or the family, whose file it is
   * @param empty whether the file's existence is enough
   */
  record Candidate(String path, String kind, boolean empty) {
    private Candidate(String path, String kind) {
      this(path, kind, false);
    }
  }

  static final List<Candidate> ALL =
      List.of(
          new Candidate("/etc/altlinux-release", "Altlinux"),
          new Candidate("/etc/oracle-release", "OracleLinux"),
          new Candidate("/etc/slackware-version", "Slackware"),
          new Candidate("/etc/centos-release", "CentOS"),
          new Candidate("/etc/redhat-release", "RedHat"),
          new Candidate("/etc/vmware-release", "VMwareESX", true),
          new Candidate("/etc/openwrt_release", "OpenWrt"),
          new Candidate("/etc/os-release", "Amazon"),
          new Candidate("/etc/system-release", "Amazon"),
          new Candidate("/etc/alpine-release", "Alpine"),
          new Candidate("/etc/arch-release", "Archlinux", true),
          new Candidate("/etc/os-release", "Archlinux"),
          new Candidate("/etc/os-release", "SUSE"),
          new Candidate("/etc/gentoo-release", "Gentoo"),
          new Candidate("/etc/os-release", "Debian"),
          new Candidate("/etc/lsb-release", "Debian"),
          new Candidate("/etc/lsb-release", "Mandriva"),
          new Candidate("/etc/sourcemage-release", "SMGL"),
          new Candidate("/usr/lib/os-release", "ClearLinux"),
          new Candidate("/etc/coreos/update.conf", "Coreos"),
          new Candidate("/etc/os-release", "Flatcar"),
          new Candidate("/etc/os-release", "NA"));

  private DistributionFiles() {}

  /**
   * What a file says of its distribution, by the names of facts; empty if it is another's.
   *
   * @param guess what os-release has told already
   */
  static Optional<Map<String, String>> read(
      Candidate candidate, String content, Map<String, String> guess) {
    Facts facts = new Facts(content);
    boolean fits =
        switch (candidate.kind()) {
          case "Altlinux" -> facts.named("Altlinux", "ALT");
          case "OracleLinux" -> facts.named("OracleLinux", "Oracle Linux");
          case "RedHat" -> facts.named("RedHat", "Red Hat");
          case "SMGL" -> facts.named("SMGL", "Source Mage GNU/Linux");
          case "Slackware" ->
              facts.has("Slackware") && facts.take("version", "(\\w+[.]\\w+\\+?)", "");
          case "CentOS" -> facts.centos();
          case "OpenWrt" -> facts.has("OpenWrt") && facts.distrib();
          case "Mandriva" -> facts.has("Mandriva") && facts.distrib();
          case "Amazon" -> facts.has("Amazon") && facts.amazon(candidate.path());
          case "Alpine" -> facts.put("version", content);
          case "Archlinux" -> facts.has("Arch Linux");
          case "SUSE" -> facts.lower().contains("suse") && facts.suse();
          case "Gentoo" -> facts.has("Gentoo");
          case "Debian" -> DebianFamily.read(facts, guess);
          case "ClearLinux" ->
              facts.has("Clear Linux")
                  && facts.take("name", "NAME=\"(.*)\"", "")
                  && facts.take("version", "VERSION_ID=(.*)", "")
                  && facts.take("major", "VERSION_ID=(.*)", "")
                  && facts.take("release", "(?m)^ID=(.*)", "");
          case "Coreos" ->
              guess.get("distribution").equals("Coreos")
                  && facts.take("release", "^GROUP=(.*)", "\"");
          case "Flatcar" ->
              guess.get("distribution").equals("Flatcar")
                  && facts.take("version", "(?m)^VERSION=(.*)", "\"")
                  && facts.take("major", "(?m)^VERSION=\"?([^.\"]*)", "");
          default ->
              facts.take("name", "(?m)^NAME=(.*)", "\"")
                  && (!guess.get("distribution_version").equals("NA")
                      || facts.take("version", "(?m)^VERSION=(.*)", "\""));
        };
    return fits ? Optional.of(facts.found) : Optional.empty();
  }

  /** What has been found in one file. */
  static final class Facts {
    private static final Map<String, String> NAMES =
        Map.of(
            "name", "distribution",
            "version", "distribution_version",
            "major", "distribution_major_version",
            "minor", "distribution_minor_version",
            "release", "distribution_release");

    private final String content;
    private final Map<String, String> found = new LinkedHashMap<>();

    Facts(String content) {
      this.content = content.replaceAll("^[\\\\'\"]+|[\\\\'\"]+$", "");
    }

    boolean has(String text) {
      return content.contains(text);
    }

    String lower() {
      return content.toLowerCase(Locale.ROOT);
    }

    boolean put(String name, String value) {
      found.put(NAMES.get(name), value);
      return true;
    }

    /** Takes a pattern's first group for a fact, where it matches; always true. */
    boolean take(String name, String regex, String strip) {
      find(regex)
          .map(value -> strip.isEmpty() ? value : value.replaceAll("^\"+|\"+$", ""))
          .ifPresent(value -> put(name, value));
      return true;
    }

    Optional<String> find(String regex) {
      Matcher matcher = Pattern.compile(regex).matcher(content);
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** A file that is some member's of a family: the first word is its name. */
    private boolean named(String name, String text) {
      if (has(text)) {
        put("name", name);
        found.put("distribution_file_search_string", text);
      } else {
        put("name", content.strip().split("\\s+", 2)[0]);
      }
      return true;
    }

    private boolean distrib() {
      return take("version", "DISTRIB_RELEASE=[\"'](.*)[\"']", "")
          && take("release", "DISTRIB_CODENAME=[\"'](.*)[\"']", "");
    }

    private boolean centos() {
      if (has("CentOS Stream")) {
        return put("release", "Stream");
      }
      return has("TencentOS Server") && put("name", "TencentOS");
    }

    private boolean amazon(String path) {
      if (!path.equals("/etc/os-release")) {
        return put("version", find("(?:^|\\s)(\\d+)(?:\\s|$)").orElse("NA"));
      }
      find("VERSION_ID=\"(.*)\"")
          .ifPresent(
              version -> {
                String[] parts = version.split("\\.");
                put("version", version);
                put("major", parts[0]);
                put("minor", parts.length > 1 ? parts[1] : "NA");
              });
      return true;
    }

    private boolean suse() {
      take("name", "(?m)^NAME=(.*)", "\"");
      take("version", "(?m)^VERSION_ID=\"?([0-9]+\\.?[0-9]*)\"?", "");
      take("major", "(?m)^VERSION_ID=\"?([0-9]+)", "");
      Optional<String> minor = find("(?m)^VERSION_ID=\"?[0-9]+\\.?([0-9]*)\"?");
      if (lower().contains("open")) {
        minor.ifPresent(m -> put("release", m));
      } else if (lower().contains("enterprise")) {
        minor.ifPresent(m -> put("release", m.isEmpty() ? "0" : m));
      }
      return true;
    }
  }
}
