package dev.molt.runner.remote.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The keys that hosts are known by, as sshd(8), section SSH_KNOWN_HOSTS FILE FORMAT, has them:
 * plain and hashed names, {@code [host]:port}, wildcards, negation, and {@code @revoked}. Keys of
 * certificate authorities are read but never used, for no host certificates are asked for. A line
 * that cannot be understood counts for nothing, as in ssh. Immutable.
 */
final class KnownHosts {
  /** Which hosts a line speaks of, and what it says. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Entry(String marker, HostPattern hosts, String type, byte[] key, Path file, int line) {
    boolean plain() {
      return marker.isEmpty();
    }

    boolean holds(byte[] other) {
      return Arrays.equals(key, other);
    }

    String where() {
      return file + ":" + line;
    }
  }

  private final List<Entry> entries;

  private KnownHosts(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads the files that exist.
   *
   * @throws IOException if one exists but cannot be read: to go on without it could hide a
   *     revocation
   */
  static KnownHosts read(List<Path> files) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
          parse(lines.get(i).strip(), file, i + 1).ifPresent(entries::add);
        }
      }
    }
    return new KnownHosts(entries);
  }

  private static java.util.Optional<Entry> parse(String line, Path file, int number) {
    if (line.isEmpty() || line.startsWith("#")) {
      return java.util.Optional.empty();
    }
    List<String> fields = new ArrayList<>(List.of(line.split("\\s+")));
    String marker = fields.get(0).startsWith("@") ? fields.remove(0) : "";
    if (fields.size() < 3) {
      return java.util.Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(fields.get(2));
      return java.util.Optional.of(
          new Entry(marker, HostPattern.of(fields.get(0)), fields.get(1), key, file, number));
    } catch (IllegalArgumentException notBase64) {
      return java.util.Optional.empty();
    }
  }

  /** What the files say of a host, under the name ssh would look for. */
  List<Entry> of(String address, int port) {
    String name = address.toLowerCase(Locale.ROOT);
    return matching(port == 22 ? name : "[" + name + "]:" + port).toList();
  }

  /**
   * Entries under the bare name: ssh accepts them for any port, but never warns because of them.
   */
  List<Entry> withoutPort(String address) {
    return matching(address.toLowerCase(Locale.ROOT)).toList();
  }

  private Stream<Entry> matching(String name) {
    return entries.stream().filter(e -> e.hosts().matches(name));
  }
}
