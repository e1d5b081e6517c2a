package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.files.HostFile.Inode;
import dev.molt.runner.module.files.HostFile.Times;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Takes the answer to a {@link FileQuery} apart. */
final class ReplyParser {
  /** The answer in parts, by path or name; numbers of unknown users are left out. */
  record Reply(
      Map<String, HostFile> files,
      Map<String, String> real,
      Map<String, String> digests,
      Map<String, String> contents,
      Map<String, Long> users,
      Map<String, Long> groups,
      Map<String, String> other,
      Map<String, String> capabilities,
      Map<String, String> flags,
      Map<String, String> mime,
      Map<String, String> hashes,
      Map<String, String> listing,
      Map<String, HostFile> followed,
      Set<String> directoryLinks) {
    Reply() {
      this(
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new LinkedHashMap<>(),
          new TreeMap<>(),
          new HashSet<>());
    }
  }

  private static final int LINK_ARROW = " -> ".length();

  private final byte[] bytes;
  private final String algorithm;
  private final Reply reply = new Reply();
  private final Map<String, String> access = new HashMap<>();
  private int at;

  ReplyParser(byte[] bytes, String algorithm) {
    this.bytes = bytes;
    this.algorithm = algorithm;
  }

  Reply parse() {
    while (at < bytes.length) {
      record(next());
    }
    if (algorithm.equals("sha256")) {
      reply.digests.forEach(
          (path, hex) -> {
            reply.files.computeIfPresent(path, (p, f) -> f.isFile() ? f.withSha256(hex) : f);
            reply.followed.computeIfPresent(path, (p, f) -> f.withSha256(hex));
          });
    }
    access.forEach(
        (path, may) ->
            reply.files.computeIfPresent(
                path,
                (p, f) ->
                    f.withAccess(
                        may.indexOf('r') >= 0, may.indexOf('w') >= 0, may.indexOf('x') >= 0)));
    return reply;
  }

  private void record(String head) {
    switch (head.isEmpty() ? ' ' : head.charAt(0)) {
      case 'S' -> stat(head.split(" "));
      case 'T' -> found(head.split(" "));
      case 'R' -> reply.real.put(next(), next());
      case 'A' -> access.put(next(), head.substring(2));
      case 'C' -> reply.capabilities.put(next(), next());
      case 'X' -> reply.flags.put(next(), next());
      case 'M' -> reply.mime.put(next(), next());
      case 'D' -> reply.other.put("date " + next(), next());
      case 'W' -> reply.other.put(head.substring(2) + " " + next(), next());
      case 'N' -> reply.listing.put(next(), head.substring(2));
      case 'H' -> reply.hashes.put(head.substring(2) + " " + next(), next());
      case 'B' -> {
        String path = next();
        byte[] content = Base64.getDecoder().decode(next());
        reply.contents.put(path, new String(content, StandardCharsets.ISO_8859_1));
      }
      case 'O' -> number(reply.users);
      case 'G' -> number(reply.groups);
      case 'Z' -> reply.other.put("now", head.substring(2));
      case 'U' -> reply.other.put("umask", head.substring(2));
      case 'I' -> reply.other.put("id", next());
      case 'K' -> reply.other.put("backup", next());
      case 'L' -> reply.directoryLinks.add(next());
      case 'F' -> reply.other.put("df", next());
      default -> {
        int space = head.indexOf(' ');
        if (space < 0) {
          throw new IllegalStateException("unexpected record: " + head);
        }
        reply.digests.put(head.substring(space + 2), head.substring(0, space));
      }
    }
  }

  private void number(Map<String, Long> numbers) {
    String name = next();
    String number = next();
    if (!number.isEmpty()) {
      numbers.put(name, Long.parseLong(number));
    }
  }

  private void stat(String[] f) {
    String user = next();
    String group = next();
    String name = next();
    String shown = next();
    int raw = Integer.parseInt(f[1], 16);
    Optional<String> link =
        (raw & 0170000) == 0120000
            ? Optional.of(shown.substring(name.length() + LINK_ARROW))
            : Optional.empty();
    Inode node =
        new Inode(
            Long.parseUnsignedLong(f[5]),
            Long.parseUnsignedLong(f[6]),
            Long.parseLong(f[7]),
            Long.parseLong(f[8]),
            Long.parseLong(f[9]),
            device(Long.parseLong(f[10], 16), Long.parseLong(f[11], 16)));
    Times times = new Times(f[12], f[13], f[14]);
    put(
        reply.files,
        name,
        raw,
        user.equals("UNKNOWN") ? f[2] : user,
        group.equals("UNKNOWN") ? f[3] : group,
        new long[] {Long.parseLong(f[2]), Long.parseLong(f[3]), Long.parseLong(f[4])},
        link,
        node,
        times);
  }

  /** What find(1) says where stat(1) could only follow all links or none. */
  private void found(String[] f) {
    String user = next();
    String group = next();
    String name = next();
    String link = next();
    int type =
        switch (f[1]) {
          case "f" -> 0100000;
          case "d" -> 0040000;
          case "l", "N", "L" -> 0120000;
          case "p" -> 0010000;
          default -> 0140000;
        };
    Inode node =
        new Inode(
            Long.parseUnsignedLong(f[6]),
            Long.parseUnsignedLong(f[7]),
            Long.parseLong(f[8]),
            Long.parseLong(f[9]),
            0,
            0);
    put(
        reply.followed,
        name,
        type | Integer.parseInt(f[2], 8),
        user,
        group,
        new long[] {Long.parseLong(f[3]), Long.parseLong(f[4]), Long.parseLong(f[5])},
        type == 0120000 ? Optional.of(link) : Optional.empty(),
        node,
        new Times(f[10], f[11], f[12]));
  }

  private static void put(
      Map<String, HostFile> files,
      String name,
      int raw,
      String user,
      String group,
      long[] ownersAndSize,
      Optional<String> link,
      Inode node,
      Times times) {
    Kind kind =
        switch (raw & 0170000) {
          case 0100000 -> Kind.FILE;
          case 0040000 -> Kind.DIRECTORY;
          case 0120000 -> Kind.LINK;
          default -> Kind.OTHER;
        };
    FileState state =
        new FileState(
            kind,
            raw & 07777,
            user,
            group,
            ownersAndSize[2],
            Optional.empty(),
            link,
            Optional.empty());
    files.put(
        name,
        new HostFile(
            state, ownersAndSize[0], ownersAndSize[1], raw, node, times, false, false, false));
  }

  /** As makedev(3). */
  private static long device(long major, long minor) {
    return ((major & 0xfffff000L) << 32)
        | ((major & 0xfffL) << 8)
        | ((minor & 0xffffff00L) << 12)
        | (minor & 0xffL);
  }

  private String next() {
    int start = at;
    while (at < bytes.length && bytes[at] != 0) {
      at++;
    }
    String text = new String(bytes, start, at - start, StandardCharsets.UTF_8);
    at++;
    return text;
  }
}
