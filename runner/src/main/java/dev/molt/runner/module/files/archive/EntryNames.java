package dev.molt.runner.module.files.archive;

import java.util.Set;

/** Names in archives, which may be anything anybody put there. */
final class EntryNames {
  private EntryNames() {}

  /** Without doubled, leading {@code ./} and trailing parts; what is absolute stays so. */
  static String normal(String name) {
    StringBuilder path = new StringBuilder(name.startsWith("/") ? "/" : "");
    for (String part : name.split("/")) {
      if (!part.isEmpty() && !part.equals(".")) {
        path.append(path.length() > 0 && path.charAt(path.length() - 1) != '/' ? "/" : "");
        path.append(part);
      }
    }
    return path.toString();
  }

  /**
   * Why an entry must not be unpacked, as the end of a sentence; empty if it may.
   *
   * @param links paths of the links before it
   * @param files paths of the files before it
   */
  static String refusal(String path, RawEntry raw, Set<String> links, Set<String> files) {
    if (raw.type() == EntryType.OTHER) {
      return "is a device, FIFO or something else that is no file";
    }
    if (climbs(path) || path.indexOf('\0') >= 0) {
      return "would be written outside of the directory it is unpacked in";
    }
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (links.contains(path.substring(0, slash))) {
        return "would be written through the link " + path.substring(0, slash);
      }
    }
    if (raw.type() == EntryType.LINK && leadsOutside(path, raw.link())) {
      return "is a link that leads outside, to " + raw.link();
    }
    if (raw.type() == EntryType.LINK && climbsAfterDescending(raw.link())) {
      return "is a link that may lead outside, since it climbs from a name that may be a link"
          + " itself, to "
          + raw.link();
    }
    if (raw.type() == EntryType.HARD_LINK && !files.contains(normal(raw.link()))) {
      return "is a hard link to " + raw.link() + ", which is no file before it in the archive";
    }
    return "";
  }

  private static boolean climbs(String path) {
    return path.startsWith("/") || ("/" + path + "/").contains("/../");
  }

  /**
   * Whether there is a {@code ..} after a name. Where that name is a link, the {@code ..} is its
   * target's, wherever that is; without it, a link leads where its text says.
   */
  private static boolean climbsAfterDescending(String target) {
    boolean descended = false;
    for (String part : target.split("/")) {
      if (part.equals("..") && descended) {
        return true;
      }
      descended |= !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }
    return false;
  }

  private static boolean leadsOutside(String path, String target) {
    if (target.startsWith("/")) {
      return true;
    }
    int depth = (int) path.chars().filter(c -> c == '/').count();
    for (String part : target.split("/")) {
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }
}
