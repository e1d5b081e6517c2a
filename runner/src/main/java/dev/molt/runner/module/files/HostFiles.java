package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.files.ReplyParser.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host answered to a {@link FileQuery}, under what earlier tasks of a check would have made
 * of it. Only what was asked for is known.
 */
public final class HostFiles {
  private static final Pattern ID =
      Pattern.compile("uid=(\\d+)(?:\\((.*?)\\))? gid=(\\d+)(?:\\((.*?)\\))?.*", Pattern.DOTALL);

  private final Foreseen foreseen;
  private final Reply reply;

  HostFiles(Foreseen foreseen, Reply reply) {
    this.foreseen = foreseen;
    this.reply = reply;
  }

  /** The user that asked; names are numbers where there is none. */
  public record Self(long uid, String user, long gid, String group) {}

  /** Room in a file system. */
  public record Space(String device, long free, String mount) {}

  /** What is at a path, a link itself. */
  public HostFile at(String path) {
    Optional<FileState> ahead = foreseen.file(path);
    if (ahead.isEmpty() && !foreseen.isEmpty()) {
      // The host may know the path by another name, through links that are there already.
      ahead = foreseen.file(HostPath.join(real(HostPath.parent(path)), HostPath.name(path)));
    }
    HostFile now = reply.files().getOrDefault(path, HostFile.ABSENT);
    return ahead.map(state -> HostFile.foreseen(state, now)).orElse(now);
  }

  /** Whether a path is a link, and there is a directory behind it. */
  public boolean isLinkToDirectory(String path) {
    HostFile file = at(path);
    return file.isLink()
        && (file.isForeseen() ? behind(path).isDirectory() : reply.directoryLinks().contains(path));
  }

  /** Where a named path leads in the end; the path itself where that was not asked. */
  public String real(String path) {
    String through = HostPath.through(foreseen, path, true);
    return reply.real().getOrDefault(through, through);
  }

  /** What is at the end of a path's links. */
  public HostFile behind(String path) {
    return at(real(path));
  }

  /** A digest in the algorithm that was asked for; empty where it is not known. */
  public Optional<String> digest(String path) {
    HostFile file = at(path);
    return file.state().sha256().isPresent() || file.isForeseen()
        ? file.state().sha256()
        : Optional.ofNullable(reply.digests().get(path));
  }

  /** The content of a file, where it was asked for, is small and is still the host's own. */
  public Optional<String> content(String path) {
    return at(path).isForeseen()
        ? Optional.empty()
        : Optional.ofNullable(reply.contents().get(path));
  }

  /** Everything at and below a path that was asked for as a tree, sorted, by full path. */
  public Map<String, HostFile> tree(String root) {
    TreeMap<String, HostFile> all = new TreeMap<>();
    String below = HostPath.join(root, "x").substring(0, HostPath.join(root, "x").length() - 1);
    for (String path : reply.files().keySet()) {
      if (path.equals(root) || path.startsWith(below)) {
        put(all, path);
      }
    }
    foreseen.below(root).keySet().forEach(path -> put(all, path));
    put(all, root);
    return all;
  }

  private void put(Map<String, HostFile> all, String path) {
    HostFile file = at(path);
    if (file.exists()) {
      all.put(path, file);
    }
  }

  /** The number of a user that was asked for by name, or is one. */
  public OptionalLong uid(String user) {
    return number(user, reply.users());
  }

  public OptionalLong gid(String group) {
    return number(group, reply.groups());
  }

  private static OptionalLong number(String name, Map<String, Long> known) {
    Long number = FileQuery.numeric(name) ? Long.valueOf(name) : known.get(name);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** Where a backup was put, as the script that made it reported. */
  public Optional<String> backup() {
    return Optional.ofNullable(reply.other().get("backup"));
  }

  /**
   * What getcap prints for a path that was asked about; empty where the host has no getcap. Nothing
   * it printed means no capabilities.
   */
  public Optional<String> capabilities(String path) {
    Optional<String> said = Optional.ofNullable(reply.capabilities().get(path));
    HostFile file = behind(path);
    return said.map(now -> file.isForeseen() ? file.state().capabilities().orElse(now) : now);
  }

  /** What new files of the task's user lack. */
  public int umask() {
    return Integer.parseInt(reply.other().getOrDefault("umask", "022"), 8);
  }

  public Self self() {
    Matcher id = ID.matcher(reply.other().getOrDefault("id", ""));
    if (!id.matches()) {
      throw new IllegalStateException("who the user is was not asked");
    }
    return new Self(
        Long.parseLong(id.group(1)),
        id.group(2) == null ? id.group(1) : id.group(2),
        Long.parseLong(id.group(3)),
        id.group(4) == null ? id.group(3) : id.group(4));
  }

  /** Room at the path that was asked about; empty where the host could not say. */
  public Optional<Space> space() {
    String[] lines = reply.other().getOrDefault("df", "").strip().split("\n");
    String[] fields = lines[lines.length - 1].split("\\s+", 6);
    return lines.length < 2 || fields.length < 6 || !FileQuery.numeric(fields[3])
        ? Optional.empty()
        : Optional.of(new Space(fields[0], Long.parseLong(fields[3]) * 1024, fields[5]));
  }
}
