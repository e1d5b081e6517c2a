package dev.molt.runner.module.files;

import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.files.HostFile.Times;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
          (path, hex) -> reply.files.computeIfPresent(path, (p, f) -> f.withSha256(hex)));
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
      case 'R' -> reply.real.put(next(), next());
      case 'A' -> access.put(next(), head.substring(2));
      case 'C' -> reply.capabilities.put(next(), next());
      case 'B' -> {
        String path = next();
        FileContent.text(Base64.getDecoder().decode(next()))
            .ifPresent(text -> reply.contents.put(path, text));
      }
      case 'O' -> number(reply.users);
      case 'G' -> number(reply.groups);
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
    Kind kind =
        switch (raw & 0170000) {
          case 0100000 -> Kind.FILE;
          case 0040000 -> Kind.DIRECTORY;
          case 0120000 -> Kind.LINK;
          default -> Kind.OTHER;
        };
    Optional<String> link =
        kind == Kind.LINK
            ? Optional.of(shown.substring(name.length() + LINK_ARROW))
            : Optional.empty();
    FileState state =
        new FileState(
            kind,
            raw & 07777,
            user.equals("UNKNOWN") ? f[2] : user,
            group.equals("UNKNOWN") ? f[3] : group,
            Long.parseLong(f[4]),
            Optional.empty(),
            link,
            Optional.empty());
    reply.files.put(
        name,
        new HostFile(
            state,
            Long.parseLong(f[2]),
            Long.parseLong(f[3]),
            raw,
            Long.parseUnsignedLong(f[5]),
            Long.parseUnsignedLong(f[6]),
            Long.parseLong(f[7]),
            Long.parseLong(f[8]),
            new Times(f[9], f[10], f[11]),
            false,
            false,
            false));
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
