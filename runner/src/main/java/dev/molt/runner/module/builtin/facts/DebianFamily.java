package dev.molt.runner.module.builtin.facts;

import java.util.Map;

/** The distributions that are made of Debian, each with a file of its own making. */
final class DebianFamily {
  private static final String QUOTED_VERSION = "VERSION_ID=\"(.*)\"";

  private DebianFamily() {}

  /** Whether it is one of them, whose facts have been taken then. */
  static boolean read(DistributionFiles.Facts facts, Map<String, String> guess) {
    if (facts.has("Debian") || facts.has("Raspbian")) {
      facts.put("name", "Debian");
      facts.take("release", "PRETTY_NAME=[^(]+ \\(?([^)]+?)\\)", "");
      String[] parts = guess.get("debian_version").split("\\.");
      if (parts.length > 1 && parts[0].matches("\\d+") && parts[1].matches("\\d+.*")) {
        facts.put("minor", parts[1].replaceAll("\\D.*", ""));
      }
      return true;
    } else if (facts.has("Ubuntu")) {
      return facts.put("name", "Ubuntu");
    } else if (facts.has("SteamOS")) {
      return facts.put("name", "SteamOS");
    } else if (facts.has("Kali") || facts.has("Parrot")) {
      facts.put("name", facts.has("Kali") ? "Kali" : "Parrot");
      return facts.take("release", "DISTRIB_RELEASE=(.*)", "");
    } else if (facts.has("Devuan")) {
      facts.put("name", "Devuan");
      facts.take("release", "PRETTY_NAME=\"?[^(\"]+ \\(?([^) \"]+)\\)?", "");
      return facts.take("version", QUOTED_VERSION, "") && facts.take("major", QUOTED_VERSION, "");
    } else if (facts.has("Cumulus")) {
      facts.put("name", "Cumulus Linux");
      facts.take("version", "VERSION_ID=(.*)", "");
      facts.take("major", "VERSION_ID=([^.]*)", "");
      return facts.take("release", "VERSION=\"(.*)\"", "");
    } else if (facts.has("Mint")) {
      facts.put("name", "Linux Mint");
      return versions(facts);
    } else if (facts.has("UOS") || facts.has("Uos") || facts.has("uos")) {
      facts.put("name", "Uos");
      facts.take("release", "VERSION_CODENAME=\"?([^\"\\n]+)\"?", "");
      return versions(facts);
    } else if (facts.lower().contains("deepin")) {
      facts.put("name", "Deepin");
      facts.take("release", "VERSION_CODENAME=\"?([^\"\\n]+)\"?", "");
      return versions(facts);
    }
    return false;
  }

  private static boolean versions(DistributionFiles.Facts facts) {
    return facts.take("version", QUOTED_VERSION, "")
        && facts.take("major", "VERSION_ID=\"([^.\"]*)", "");
  }
}
