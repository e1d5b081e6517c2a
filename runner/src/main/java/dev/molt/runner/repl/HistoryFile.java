package dev.molt.runner.repl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The lines of earlier sessions on the same inventory, in a file that only its owner can read. One
 * that cannot be written is done without. Several sessions may add to it at once.
 */
public final class HistoryFile {
  private static final int MOST = 2000;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNERS_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path file;

  public HistoryFile(Path file) {
    this.file = file;
  }

  /**
   * That of an inventory: in {@code $XDG_STATE_HOME/molt}, else {@code ~/.local/state/molt}.
   *
   * @param inventories files and folders, or hosts separated by commas
   */
  public static HistoryFile of(List<String> inventories, Map<String, String> environment) {
    List<String> whole =
        inventories.stream()
            .map(i -> i.contains(",") ? i : Path.of(i).toAbsolutePath().normalize().toString())
            .toList();
    CRC32 sum = new CRC32();
    sum.update(String.join("\n", whole).getBytes(StandardCharsets.UTF_8));
    String first = whole.isEmpty() ? "localhost" : whole.get(0);
    String name = first.contains(",") ? "hosts" : first.substring(first.lastIndexOf('/') + 1);
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path folder =
        state.startsWith("/")
            ? Path.of(state)
            : Path.of(environment.getOrDefault("HOME", "/"), ".local", "state");
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return new HistoryFile(
        folder.resolve("molt").resolve("repl-%s-%08x".formatted(plain, sum.getValue())));
  }

  public Path path() {
    return file;
  }

  /** The lines, oldest first; as many as are worth it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        lines.add(decoded(line));
      }
    } catch (IOException e) {
      // There is none yet, or it is somebody else's.
      return List.of();
    }
    if (lines.size() <= MOST) {
      return lines;
    }
    List<String> kept = lines.subList(lines.size() - MOST / 2, lines.size());
    replace(kept);
    return kept;
  }

  /** Adds a line, which may have several of the text's. */
  public void add(String line) {
    try {
      make();
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
        out.write((encoded(line) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // A session without a history is better than none.
    }
  }

  private void make() throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path folder = file.getParent();
    Files.createDirectories(folder.getParent());
    if (!Files.exists(folder)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNERS_FOLDER));
    }
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
  }

  private void replace(List<String> lines) {
    try {
      Path temporary =
          Files.createTempFile(
              file.getParent(), "repl", ".new", PosixFilePermissions.asFileAttribute(OWNER));
      Files.write(temporary, lines.stream().map(HistoryFile::encoded).toList());
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Then it stays as long as it is.
    }
  }

  private static String encoded(String line) {
    return line.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String decoded(String line) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        char next = line.charAt(++i);
        out.append(next == 'n' ? '\n' : next);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
