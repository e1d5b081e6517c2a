package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.files.ReplyParser.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
  private final String algorithm;
  private final List<String> denied;

  HostFiles(Foreseen foreseen, Reply reply, String algorithm, List<String> denied) {
    this.denied = denied;
    this.foreseen = foreseen;
    this.reply = reply;
    this.algorithm = algorithm;
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
    if (!file.isForeseen()) {
      return Optional.ofNullable(reply.digests().get(path));
    }
    return algorithm.equals("sha256")
        ? file.state().sha256()
        : file.state()
            .content()
            .map(bytes -> Digests.hex(algorithm, bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A digest that was asked for of this one path. */
  public Optional<String> hash(String name, String path) {
    return Optional.ofNullable(reply.hashes().get(name + " " + path));
  }

  /**
   * The bytes of a file, each as one char (ISO-8859-1), where they were asked for and are few
   * enough.
   */
  public Optional<String> bytes(String path) {
    HostFile file = at(path);
    return file.state().content().isPresent()
        ? file.state().content()
        : file.isForeseen() && !isTouched(path)
            ? Optional.empty()
            : Optional.ofNullable(reply.contents().get(path));
  }

  /** Whether a check foresees other attributes for a file, and nothing of its content. */
  private boolean isTouched(String path) {
    HostFile now = reply.files().getOrDefault(path, HostFile.ABSENT);
    return now.isFile()
        && at(path).isFile()
        && now.state().sha256().isPresent()
        && at(path).state().sha256().equals(now.state().sha256());
  }

  /** The content of a file as text, where it was asked for, is small and is text. */
  public Optional<String> content(String path) {
    return bytes(path).flatMap(b -> FileContent.text(b.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** The flags that chattr(1) sets, as letters; empty where the file system knows none. */
  public Optional<String> flags(String path) {
    return lsattr(path, 1).map(f -> f.replace("-", ""));
  }

  /** The version that the file system gives a path. */
  public Optional<String> version(String path) {
    return lsattr(path, 0);
  }

  private Optional<String> lsattr(String path, int word) {
    return Optional.ofNullable(reply.flags().get(path))
        .map(line -> line.strip().split("\\s+", 3))
        .filter(words -> words.length > word)
        .map(words -> words[word]);
  }

  /** What file(1) says a path holds, such as {@code text/plain; charset=us-ascii}. */
  public Optional<String> mime(String path) {
    return Optional.ofNullable(reply.mime().get(path));
  }

  /** Everything at and below a path that was asked for as a tree, sorted, by full path. */
  public Map<String, HostFile> tree(String root) {
    TreeMap<String, HostFile> all = new TreeMap<>();
    String below = below(root);
    for (String path : reply.files().keySet()) {
      if (path.equals(root) || path.startsWith(below)) {
        put(all, path);
      }
    }
    foreseen.below(root).keySet().forEach(path -> put(all, path));
    put(all, root);
    return all;
  }

  /** Everything at and below a path that was asked for as a tree with links followed, sorted. */
  public Map<String, HostFile> followed(String root) {
    TreeMap<String, HostFile> all = new TreeMap<>();
    reply
        .followed()
        .forEach(
            (path, file) -> {
              if (path.equals(root) || path.startsWith(below(root))) {
                all.put(path, file);
              }
            });
    return all;
  }

  private static String below(String directory) {
    return directory.equals("/") ? "/" : directory + "/";
  }

  /** The names below a directory that were asked for, with the letter that find(1) gives them. */
  public Map<String, String> listing() {
    return reply.listing();
  }

  /** What the host said about what may not be looked at. */
  public List<String> denied() {
    return denied;
  }

  /** The time there, in seconds since 1970, where it was asked for. */
  public double now() {
    return Double.parseDouble(reply.other().getOrDefault("now", "0"));
  }

  /**
   * The files in a directory whose contents were asked for, by full path, in the order of bytes.
   */
  public Map<String, String> contents(String directory) {
    TreeMap<String, String> all = new TreeMap<>(HostFiles::compareBytes);
    reply
        .contents()
        .forEach(
            (path, bytes) -> {
              if (HostPath.parent(path).equals(directory)) {
                all.put(path, bytes);
              }
            });
    foreseen
        .below(directory)
        .forEach(
            (path, state) -> {
              if (HostPath.parent(path).equals(directory)) {
                all.remove(path);
                bytes(path).filter(b -> state.exists()).ifPresent(b -> all.put(path, b));
              }
            });
    return all;
  }

  private static int compareBytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /** The second, since 1970, of a local time that was asked for. */
  public Optional<String> date(String local) {
    return Optional.ofNullable(reply.other().get("date " + local)).filter(s -> !s.isEmpty());
  }

  /** Whether a user that was asked for by name or number is known; likewise a group. */
  boolean isUser(String name) {
    return FileQuery.numeric(name)
        ? !reply.other().getOrDefault("passwd " + name, "?").isEmpty()
        : uid(name).isPresent();
  }

  boolean isGroup(String name) {
    return FileQuery.numeric(name)
        ? !reply.other().getOrDefault("group " + name, "?").isEmpty()
        : gid(name).isPresent();
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
