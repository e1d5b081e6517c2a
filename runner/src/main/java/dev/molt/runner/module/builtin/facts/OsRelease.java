package dev.molt.runner.module.builtin.facts;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What os-release(5), and the older files beside it, say of a distribution. */
record OsRelease(Map<String, String> fields, Map<String, String> lsb, String debianVersion) {
  private static final Pattern CODENAME = Pattern.compile("\\((\\D+)\\)|,\\s*(\\D+)");
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)*");

  static OsRelease of(Reply reply) {
    Map<String, String> fields =
        assignments(
            reply.find("/etc/os-release").orElseGet(() -> reply.text("/usr/lib/os-release")));
    Map<String, String> lsb = assignments(reply.text("/etc/lsb-release"));
    fields.putIfAbsent("ID", lsb.getOrDefault("DISTRIB_ID", "").toLowerCase(Locale.ROOT));
    return new OsRelease(fields, lsb, reply.text("/etc/debian_version"));
  }

  /** Assignments of a file that sh could read, without their quotes. */
  static Map<String, String> assignments(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        String value = line.substring(equals + 1).strip();
        if (value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0)) {
          value = value.substring(1, value.length() - 1);
        }
        fields.put(line.substring(0, equals).strip(), value.replaceAll("\\\\([\"'$`\\\\])", "$1"));
      }
    }
    return fields;
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** The identifier as Ansible spells it where no file says better. */
  String name() {
    String id = field("ID").toLowerCase(Locale.ROOT).replace(' ', '_');
    return switch (id) {
      case "" -> "OtherLinux";
      case "amzn" -> "Amazon";
      case "rhel" -> "Redhat";
      case "ol" -> "Oracle";
      case "opensuse-leap" -> "Opensuse";
      default -> id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    };
  }

  /**
   * The version.
   *
   * @param release the content of a file such as /etc/redhat-release, which may know more
   */
  String version(String release) {
    String first = "";
    String best = "";
    String fromFile = find(NUMBER, release).orElse("");
    boolean debian = field("ID").equals("debian") || field("ID_LIKE").contains("debian");
    String[] candidates = {
      field("VERSION_ID"),
      lsb.getOrDefault("DISTRIB_RELEASE", ""),
      fromFile,
      find(NUMBER, field("PRETTY_NAME")).orElse(""),
      debian ? debianVersion : ""
    };
    for (String candidate : candidates) {
      first = first.isEmpty() ? candidate : first;
      best = best.isEmpty() || dots(candidate) > dots(best) ? candidate : best;
    }
    return switch (field("ID")) {
      case "debian" -> best;
      case "centos" -> {
        String[] parts = best.split("\\.");
        yield parts.length > 1 ? parts[0] + "." + parts[1] : best;
      }
      default -> first;
    };
  }

  /** The code name; empty if there is none to be found. */
  Optional<String> codename(String release) {
    for (String name : new String[] {"VERSION_CODENAME", "UBUNTU_CODENAME"}) {
      if (fields.containsKey(name)) {
        return Optional.of(field(name));
      }
    }
    if (field("ID").equals("ubuntu") && lsb.containsKey("DISTRIB_CODENAME")) {
      return Optional.of(lsb.get("DISTRIB_CODENAME"));
    }
    Matcher matcher = CODENAME.matcher(field("VERSION"));
    if (matcher.find()) {
      return Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return find(Pattern.compile("\\((\\D+)\\)\\s*$"), release)
        .map(found -> found.replaceAll("[()]", "").strip());
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static long dots(String text) {
    return text.chars().filter(c -> c == '.').count();
  }
}
